import { sleep } from "@devicescript/core"
let served = 0
let waiting = 0
async function waiter(table: number) {
    waiting++
    await sleep(3000)
    served += table
    waiting--
}
let n = 0
setInterval(() => {
    if (waiting < 10) waiter.start(n++)
}, 200)
