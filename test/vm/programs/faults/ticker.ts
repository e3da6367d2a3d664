import { sleep } from "@devicescript/core"
// Does well: one fiber and one buffer.
const digits = Buffer.alloc(8)
async function tick() {
    for (let i = 0; ; i++) {
        digits[i % 8] = i & 255
        await sleep(250)
    }
}
tick.start()
