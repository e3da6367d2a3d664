// Hardly anything: the clock's own work.
let _seconds = 0
setInterval(() => {
    _seconds++
}, 1000)
