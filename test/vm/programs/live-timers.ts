// Timers made and cleared, and callbacks that come once.
let fired = 0
let cleared = 0
setInterval(() => {
    const handle = setTimeout(() => {
        fired = fired + 100
    }, 500)
    setTimeout(() => {
        fired++
        clearTimeout(handle)
        cleared++
    }, 50)
    if (fired % 40 === 39) console.log("fired " + fired + " cleared " + cleared)
}, 75)
