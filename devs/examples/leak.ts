// A kitchen's order board that never forgets:
// ten orders a second come in, and every one is kept.
//
// Watch "live" grow. Which line is it? The verdict says so.
// Advice says what to do about it: change it here, and see.

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
