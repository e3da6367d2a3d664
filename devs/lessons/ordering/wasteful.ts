// Orders go to a display whose driver, in C, reads them out of one buffer as an array of structs. A C
// compiler aligns each field to its own size: a field after a smaller one leaves a gap before it. This
// struct lists its fields as one thinks of them.

import { AT, U16, U32, U8, writeField } from "../../../src/byte-fields"
import { RecordArray } from "../../../src/record-array"

// lesson: begin
const URGENT = U8 // then a gap of 3
const ORDER_ID = U32 + 4 * AT
const PRIORITY = U8 + 8 * AT // then a gap of 3
const CUSTOMER = U32 + 12 * AT
const TAKEOUT = U8 + 16 * AT // then a gap of 1
const TABLE = U16 + 18 * AT
const ORDER_BYTES = 20
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
