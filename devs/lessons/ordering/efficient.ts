// The same struct with its fields from the largest to the smallest: each ends where the next may
// begin, and the only gap is at the end.

import { AT, U16, U32, U8, writeField } from "../../../src/byte-fields"
import { RecordArray } from "../../../src/record-array"

// lesson: begin
const ORDER_ID = U32
const CUSTOMER = U32 + 4 * AT
const TABLE = U16 + 8 * AT
const PRIORITY = U8 + 10 * AT
const URGENT = U8 + 11 * AT
const TAKEOUT = U8 + 12 * AT // then a gap of 3, for the next order to be aligned
const ORDER_BYTES = 16
// lesson: end

const ORDERS = 100
let orders: RecordArray

function receive(): void {
    orders = new RecordArray(ORDERS, ORDER_BYTES)
    for (let i = 0; i < ORDERS; i++) {
        const order = orders.push()
        writeField(orders.buffer, order, ORDER_ID, 1001 + i)
        writeField(orders.buffer, order, CUSTOMER, 2001 + i * 3)
        writeField(orders.buffer, order, TABLE, i % 20)
        writeField(orders.buffer, order, PRIORITY, i % 16)
        writeField(orders.buffer, order, URGENT, i % 2)
        writeField(orders.buffer, order, TAKEOUT, i % 3 === 0 ? 1 : 0)
    }
}

console.log("work begins")
receive()
console.log("work ends")

let customers = 0
let urgent = 0
for (let i = 0; i < ORDERS; i++) {
    customers += orders.get(i, CUSTOMER)
    urgent += orders.get(i, URGENT)
}
const last = ORDERS - 1
console.log(`customers ${customers}, ${urgent} urgent`)
console.log(`last: order ${orders.get(last, ORDER_ID)}, table ${orders.get(last, TABLE)}`)
