// The last order of every guest who ever came.
import { Map } from "@devicescript/runtime"
class Order {
    constructor(
        public id: number,
        public table: number,
    ) {}
}
const lastOrder = new Map<number, Order>()
let guest = 0
setInterval(() => {
    guest++
    lastOrder.set(guest, new Order(guest * 10, guest % 12)) // fills
}, 3000)
