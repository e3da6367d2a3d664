import { sleep } from "@devicescript/core"
// Each report waits for a network that never comes.
let isOnline = false
let sent = 0
async function report(reading: number) {
    while (!isOnline) await sleep(5000)
    sent += reading
}
let n = 0
setInterval(() => {
    report.start(n++) // here
}, 300)
