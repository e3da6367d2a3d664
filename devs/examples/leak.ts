// A leak: memory that is kept and never needed
// again. Ten orders a second come in here, and
// every one is kept. Watch "live" grow: the
// verdict says which line it is, Advice what to
// do about it. Change it here, and see.

class Order {
    constructor(
        public table: number,
        public dish: string,
    ) {}
}

const DISHES = ["soup", "curry", "pasta", "salad"]
const orders: Order[] = []
let count = 0

setInterval(() => {
    count++
    const dish = DISHES[count % DISHES.length]
    orders.push(new Order(count % 32, dish))
    if (count % 60 === 0) console.log(`${orders.length} orders`)
}, 100)
