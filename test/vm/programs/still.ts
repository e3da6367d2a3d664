import { sleep } from "@devicescript/core"
import { startMemoryAgent } from "../../../devs/agent"
// Makes what it has at its start, and stands still: its heap is the same whenever somebody looks.
class Order {
    constructor(
        public table: number,
        public dish: string,
        public next: Order | undefined,
    ) {}
}
startMemoryAgent({ intervalMs: 3_600_000 })
const orders: Order[] = []
const byTable: any = {}
for (let i = 0; i < 40; i++) {
    const order = new Order(i, `dish ${i}`, orders[i - 1])
    orders.push(order)
    byTable[`table ${i % 7}`] = order
}
console.log(`orders: ${orders.length}`)
while (orders.length > 0) await sleep(100)
