// The same orders one after the other in one buffer, each field as many bytes as it needs and none in
// between. Fields need no alignment: the VM copies the bytes of a number together wherever they are.

// lesson: begin
const ID_AT = 0 // u16
const CUSTOMER_AT = 2 // u32
const TABLE_AT = 6
const PRIORITY_AT = 7
const ITEMS_AT = 8
const CENTS_AT = 9 // u16
const ORDER_BYTES = 11
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
        orders[order + PRIORITY_AT] = i % 16
        orders[order + ITEMS_AT] = i % 10
        orders.setAt(order + CENTS_AT, "u16", 450 + i * 7)
        // lesson: end
    }
}

function count(): void {
    for (let i = 0; i < ORDERS; i++) {
        // lesson: begin
        const order = i * ORDER_BYTES
        customers += orders.getAt(order + CUSTOMER_AT, "u32")
        if (orders[order + ITEMS_AT] > 2) takings += orders.getAt(order + CENTS_AT, "u16")
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
    `last: order ${orders.getAt(last + ID_AT, "u16")}, table ${orders[last + TABLE_AT]}, priority ${orders[last + PRIORITY_AT]}`,
)
