import { sleep } from "@devicescript/core"
// Waits for a flag, and sleeps meanwhile.
let isReady = false
let turns = 0
setInterval(() => {
    isReady = !isReady
}, 2000)
async function wait() {
    while (!isReady) {
        turns++
        await sleep(100)
    }
}
setInterval(wait, 5000)
