import { suspend } from "@devicescript/core"
let served = 0
async function waiter(table: number) {
    await suspend()
    served += table
}
let n = 0
setInterval(() => {
    waiter.start(n++) // here
}, 200)
