// The same kitchen with a pool: three orders, made at the start and lent out again and again. An order is
// a buffer with its lines in it.

import { ObjectPool } from "../../../src/object-pool"

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
    const pool = new ObjectPool(AT_ONCE, () => Buffer.alloc(ORDER_BYTES))
    const cooking = new Array<Buffer>(AT_ONCE)
    for (let id = 0; id < ORDERS;) {
        for (let place = 0; place < AT_ONCE; place++) {
            const order = pool.acquire()
            order.setAt(0, "u16", id)
            order[TABLE_AT] = id % 20
            let line = LINES_AT
            for (let i = 0; i < LINES; i++) {
                order[line] = (id + i) % 15
                order.setAt(line + 1, "u16", 450 + ((id * i) % 100))
                line += LINE_BYTES
            }
            cooking[place] = order
            id++
        }
        for (let place = AT_ONCE - 1; place >= 0; place--) {
            const order = cooking[place]
            served++
            for (let line = LINES_AT; line < ORDER_BYTES; line += LINE_BYTES)
                cents += order.getAt(line + 1, "u16")
            pool.release(order)
        }
    }
}
// lesson: end

console.log("work begins")
cook()
console.log("work ends")
console.log(`${served} orders served, ${cents} cents`)
