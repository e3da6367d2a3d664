import { sleep } from "@devicescript/core"
// Waits for noon before it begins.
let served = 0
async function begin() {
    await sleep(7200000)
    while (true) {
        served++
        await sleep(100)
    }
}
begin.start()
