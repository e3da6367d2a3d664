// All orders of the evening are kept: number, priority, table, and whether each is urgent, taken out
// and paid. An object each.

class Order {
    constructor(
        readonly id: number,
        readonly priority: number,
        readonly table: number,
        readonly isUrgent: boolean,
        readonly isTakeout: boolean,
        readonly isPaid: boolean,
    ) {}
}

const ORDERS = 200
let orders: Order[]
let waiting = 0
let priorities = 0

function receive(): void {
    orders = new Array<Order>(ORDERS)
    for (let id = 0; id < ORDERS; id++) {
        // lesson: begin
        orders[id] = new Order(id, id % 16, id % 32, id % 2 === 0, id % 3 === 0, id % 5 === 0)
        // lesson: end
    }
}

function count(): void {
    for (let i = 0; i < ORDERS; i++) {
        // lesson: begin
        const order = orders[i]
        if (order.isUrgent && !order.isTakeout && !order.isPaid) waiting++
        if (order.table === 7) priorities += order.priority
        // lesson: end
    }
}

console.log("work begins")
receive()
count()
console.log("work ends")
console.log(
    `${waiting} urgent orders wait at tables, priorities at table 7 add up to ${priorities}`,
)
const last = orders[ORDERS - 1]
console.log(`last: order ${last.id}, table ${last.table}, paid ${last.isPaid}`)
