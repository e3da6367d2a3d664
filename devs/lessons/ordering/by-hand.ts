// The same struct with its fields from the largest to the smallest: each ends where the next may
// begin, and the only gap is at the end.

// lesson: begin
const ORDER_ID_AT = 0 // u32
const CUSTOMER_AT = 4 // u32
const TABLE_AT = 8 // u16
const PRIORITY_AT = 10 // u8
const URGENT_AT = 11 // u8
const TAKEOUT_AT = 12 // u8, then a gap of 3, for the next order to be aligned
const ORDER_BYTES = 16
// lesson: end

const ORDERS = 100
let orders: Buffer

function receive(): void {
    orders = Buffer.alloc(ORDERS * ORDER_BYTES)
    for (let i = 0; i < ORDERS; i++) {
        const order = i * ORDER_BYTES
        orders.setAt(order + ORDER_ID_AT, "u32", 1001 + i)
        orders.setAt(order + CUSTOMER_AT, "u32", 2001 + i * 3)
        orders.setAt(order + TABLE_AT, "u16", i % 20)
        orders[order + PRIORITY_AT] = i % 16
        orders[order + URGENT_AT] = i % 2
        if (i % 3 === 0) orders[order + TAKEOUT_AT] = 1
    }
}

console.log("work begins")
receive()
console.log("work ends")

let customers = 0
let urgent = 0
for (let order = 0; order < orders.length; order += ORDER_BYTES) {
    customers += orders.getAt(order + CUSTOMER_AT, "u32")
    urgent += orders[order + URGENT_AT]
}
const last = (ORDERS - 1) * ORDER_BYTES
console.log(`customers ${customers}, ${urgent} urgent`)
console.log(
    `last: order ${orders.getAt(last + ORDER_ID_AT, "u32")}, table ${orders.getAt(last + TABLE_AT, "u16")}`,
)
