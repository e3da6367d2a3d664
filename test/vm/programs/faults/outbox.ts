import { sleep } from "@devicescript/core"
// Lines come ten times as fast as they are sent.
const outbox: string[] = []
let sentBytes = 0
async function send() {
    while (true) {
        const next = outbox.shift()
        if (next) sentBytes += next.length
        await sleep(500)
    }
}
send.start()
let n = 0
setInterval(() => {
    outbox.push(`temperature ${n++ % 40} of the boiler`) // here
}, 50)
