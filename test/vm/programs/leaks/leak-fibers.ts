// One waiter for every order; each waits for a bell that never rings.
import { suspend } from "@devicescript/core"
let served = 0
async function waiter(table: number) {
    await suspend()
    served += table
}
let table = 0
setInterval(() => {
    waiter.start(table++) // fills
}, 5000)
