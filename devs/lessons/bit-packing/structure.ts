// The same orders in 24 bits each: 12 for the number, 4 for the priority, 5 for the table, and a bit
// for each answer. Three bytes an order in one buffer; in the program an order is a plain number.

import {
    isOrderPaid,
    ORDER_BYTES,
    ORDER_PAID,
    ORDER_PRIORITY_OFFSET,
    ORDER_TABLE_MAX,
    ORDER_TABLE_OFFSET,
    ORDER_TAKEOUT,
    ORDER_URGENT,
    orderId,
    orderPriority,
    orderTable,
    type CompactOrderFlags,
} from "../../../src/compact-order-flags"

const ORDERS = 200
let orders: Buffer
let waiting = 0
let priorities = 0

function receive(): void {
    orders = Buffer.alloc(ORDERS * ORDER_BYTES)
    for (let id = 0; id < ORDERS; id++) {
        // lesson: begin
        let order = id | ((id % 16) << ORDER_PRIORITY_OFFSET) | ((id % 32) << ORDER_TABLE_OFFSET)
        if (id % 2 === 0) order |= ORDER_URGENT
        if (id % 3 === 0) order |= ORDER_TAKEOUT
        if (id % 5 === 0) order |= ORDER_PAID
        const at = id * ORDER_BYTES
        orders[at] = order
        orders[at + 1] = order >> 8
        orders[at + 2] = order >> 16
        // lesson: end
    }
}

function orderAt(index: number): CompactOrderFlags {
    const at = index * ORDER_BYTES
    return (orders[at] | (orders[at + 1] << 8) | (orders[at + 2] << 16)) as CompactOrderFlags
}

function count(): void {
    for (let i = 0; i < ORDERS; i++) {
        // lesson: begin
        const order = orderAt(i)
        if ((order & (ORDER_URGENT | ORDER_TAKEOUT | ORDER_PAID)) === ORDER_URGENT) waiting++
        if (((order >> ORDER_TABLE_OFFSET) & ORDER_TABLE_MAX) === 7)
            priorities += orderPriority(order)
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
const last = orderAt(ORDERS - 1)
console.log(`last: order ${orderId(last)}, table ${orderTable(last)}, paid ${isOrderPaid(last)}`)
