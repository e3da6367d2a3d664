// The same records in an array that knows its length: it refuses the order for which there is no room,
// counts it, and knows the most it ever held. Fields are read and written in its buffer.

import { RecordArray } from "../../../src/record-array"

// lesson: begin
const ID_AT = 0 // u16
const CUSTOMER_AT = 2 // u32
const TABLE_AT = 6
const PRIORITY_ITEMS_AT = 7 // four bits each
const CENTS_AT = 8 // u16
const ORDER_BYTES = 10
// lesson: end

const ORDERS = 120
let orders: RecordArray
let takings = 0
let customers = 0

function receive(): void {
    orders = new RecordArray(ORDERS, ORDER_BYTES)
    const buffer = orders.buffer
    for (let i = 0; i < ORDERS; i++) {
        // lesson: begin
        const order = orders.push()
        buffer.setAt(order + ID_AT, "u16", 1001 + i)
        buffer.setAt(order + CUSTOMER_AT, "u32", 70001 + i * 3)
        buffer[order + TABLE_AT] = i % 20
        buffer[order + PRIORITY_ITEMS_AT] = ((i % 16) << 4) | (i % 10)
        buffer.setAt(order + CENTS_AT, "u16", 450 + i * 7)
        // lesson: end
    }
}

function count(): void {
    const buffer = orders.buffer
    for (let order = 0; order < orders.length * ORDER_BYTES; order += ORDER_BYTES) {
        // lesson: begin
        customers += buffer.getAt(order + CUSTOMER_AT, "u32")
        if ((buffer[order + PRIORITY_ITEMS_AT] & 15) > 2)
            takings += buffer.getAt(order + CENTS_AT, "u16")
        // lesson: end
    }
}

console.log("work begins")
receive()
count()
console.log("work ends")
console.log(`customers ${customers}, takings ${takings}`)
const { buffer } = orders
const last = orders.start(orders.length - 1)
console.log(
    `last: order ${buffer.getAt(last + ID_AT, "u16")}, table ${buffer[last + TABLE_AT]}, priority ${buffer[last + PRIORITY_ITEMS_AT] >> 4}`,
)
