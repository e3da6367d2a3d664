// The same kitchen with a map of which places are free. An order takes the lowest that is free and gives
// it back, in whatever order orders are done: by index, for a call would be a frame.

import { freeMap, FREE_START } from "../../../src/free-map"

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
    const out = freeMap(AT_ONCE)
    const orders = Buffer.alloc(AT_ONCE * ORDER_BYTES)
    let at = 0
    let line = 0
    for (let id = 0; id < ORDERS;) {
        // As long as one is free.
        for (at = out.indexOf(0, FREE_START); at >= 0; at = out.indexOf(0, at)) {
            out[at] = 1
            const order = (at - FREE_START) * ORDER_BYTES
            orders.setAt(order, "u16", id)
            orders[order + TABLE_AT] = id % 20
            line = order + LINES_AT
            for (let i = 0; i < LINES; i++) {
                orders[line] = (id + i) % 15
                orders.setAt(line + 1, "u16", 450 + ((id * i) % 100))
                line += LINE_BYTES
            }
            id++
        }
        for (at = out.length - 1; at >= FREE_START; at--) {
            served++
            const end = (at - FREE_START + 1) * ORDER_BYTES
            for (line = end - LINES * LINE_BYTES; line < end; line += LINE_BYTES)
                cents += orders.getAt(line + 1, "u16")
            out[at] = 0
        }
    }
}
// lesson: end

console.log("work begins")
cook()
console.log("work ends")
console.log(`${served} orders served, ${cents} cents`)
