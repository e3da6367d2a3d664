// The same orders one after the other in one buffer, each field as many bytes as it needs and none in
// between. Fields need no alignment: the VM copies the bytes of a number together wherever they are.
// The priority and the number of items are below 16, so both fit in one byte.

// lesson: begin
const ID_AT = 0 // u16
const CUSTOMER_AT = 2 // u32
const TABLE_AT = 6
const PRIORITY_ITEMS_AT = 7 // four bits each
const CENTS_AT = 8 // u16
const ORDER_BYTES = 10
// lesson: end

const ORDERS = 120
let orders: Buffer
let takings = 0
let customers = 0

function receive(): void {
    orders = Buffer.alloc(ORDERS * ORDER_BYTES)
    for (let i = 0; i < ORDERS; i++) {
        // lesson: begin
        const order = i * ORDER_BYTES
        orders.setAt(order + ID_AT, "u16", 1001 + i)
        orders.setAt(order + CUSTOMER_AT, "u32", 70001 + i * 3)
        orders[order + TABLE_AT] = i % 20
        orders[order + PRIORITY_ITEMS_AT] = ((i % 16) << 4) | (i % 10)
        orders.setAt(order + CENTS_AT, "u16", 450 + i * 7)
        // lesson: end
    }
}

function count(): void {
    for (let order = 0; order < ORDERS * ORDER_BYTES; order += ORDER_BYTES) {
        // lesson: begin
        customers += orders.getAt(order + CUSTOMER_AT, "u32")
        if ((orders[order + PRIORITY_ITEMS_AT] & 15) > 2)
            takings += orders.getAt(order + CENTS_AT, "u16")
        // lesson: end
    }
}

console.log("work begins")
receive()
count()
console.log("work ends")
console.log(`customers ${customers}, takings ${takings}`)
const last = (ORDERS - 1) * ORDER_BYTES
console.log(
    `last: order ${orders.getAt(last + ID_AT, "u16")}, table ${orders[last + TABLE_AT]}, priority ${orders[last + PRIORITY_ITEMS_AT] >> 4}`,
)
