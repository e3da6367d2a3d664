// A waiter for every order, each gone after a while of its own.
import { sleep } from "@devicescript/core"
let served = 0
async function waiter(table: number) {
    await sleep(500 + ((table * 7919) % 20) * 1000)
    served += table
}
let table = 0
setInterval(() => {
    waiter.start(table++)
}, 1200)
