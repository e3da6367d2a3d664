// A kitchen's order board that never forgets: every second an order comes in, and is kept for ever.
// Watch "live" grow. Which line is it? The verdict says so; Advice says what to do about it.

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
    orders.push(new Order(count % 32, DISHES[count % DISHES.length]))
    if (count % 60 === 0) console.log(`${orders.length} orders`)
}, 100)
