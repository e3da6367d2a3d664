// Waits for a flag without letting anybody set it.
let isReady = false
let turns = 0
setTimeout(() => {
    isReady = true
}, 2000)
function wait() {
    while (!isReady) turns++ // here
}
setTimeout(wait, 1000)
