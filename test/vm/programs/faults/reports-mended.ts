import { sleep } from "@devicescript/core"
// A few reports wait for a network that never comes.
let isOnline = false
let sent = 0
let waiting = 0
async function report(reading: number) {
    waiting++
    while (!isOnline) await sleep(5000)
    sent += reading
    waiting--
}
let n = 0
setInterval(() => {
    if (waiting < 10) report.start(n++)
}, 300)
