// The same kitchen with as many orders as there can be at once, in one buffer: an order is a place in
// it, its lines follow it there, and the next order is written over the one that was served.

const LINES = 4
const ORDERS = 201
let served = 0
let cents = 0

// lesson: begin
const AT_ONCE = 3
const TABLE_AT = 2 // after two bytes of number
const LINES_AT = 3
const LINE_BYTES = 3 // a dish, and two bytes of cents
const ORDER_BYTES = LINES_AT + LINES * LINE_BYTES

function cook(): void {
    const orders = Buffer.alloc(AT_ONCE * ORDER_BYTES)
    for (let id = 0; id < ORDERS;) {
        for (let order = 0; order < AT_ONCE * ORDER_BYTES; order += ORDER_BYTES) {
            orders.setAt(order, "u16", id)
            orders[order + TABLE_AT] = id % 20
            let line = order + LINES_AT
            for (let i = 0; i < LINES; i++) {
                orders[line] = (id + i) % 15
                orders.setAt(line + 1, "u16", 450 + ((id * i) % 100))
                line += LINE_BYTES
            }
            id++
        }
        for (let order = (AT_ONCE - 1) * ORDER_BYTES; order >= 0; order -= ORDER_BYTES) {
            served++
            const end = order + ORDER_BYTES
            for (let line = order + LINES_AT; line < end; line += LINE_BYTES)
                cents += orders.getAt(line + 1, "u16")
        }
    }
}
// lesson: end

console.log("work begins")
cook()
console.log("work ends")
console.log(`${served} orders served, ${cents} cents`)
