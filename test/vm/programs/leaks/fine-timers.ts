// Timers made and cleared, and callbacks that come once.
let fired = 0
setInterval(() => {
    const reminder = setTimeout(() => {
        fired += 100
    }, 30000)
    setTimeout(() => {
        fired++
        clearTimeout(reminder)
    }, 12000)
}, 900)
