// Orders wait for the end of the evening, an object each.

class Order {
    constructor(
        readonly id: number,
        readonly customer: number,
        readonly table: number,
        readonly priority: number,
        readonly items: number,
        readonly cents: number,
    ) {}
}

const ORDERS = 120
let orders: Order[]
let takings = 0
let customers = 0

function receive(): void {
    orders = new Array<Order>(ORDERS)
    for (let i = 0; i < ORDERS; i++)
        // lesson: begin
        orders[i] = new Order(1001 + i, 70001 + i * 3, i % 20, i % 16, i % 10, 450 + i * 7)
    // lesson: end
}

function count(): void {
    for (let i = 0; i < ORDERS; i++) {
        // lesson: begin
        const order = orders[i]
        customers += order.customer
        if (order.items > 2) takings += order.cents
        // lesson: end
    }
}

console.log("work begins")
receive()
count()
console.log("work ends")
console.log(`customers ${customers}, takings ${takings}`)
const last = orders[ORDERS - 1]
console.log(`last: order ${last.id}, table ${last.table}, priority ${last.priority}`)
