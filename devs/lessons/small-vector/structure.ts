// The same lists as small vectors: the structure knows how many values lie in a number and when a list
// needs a buffer, and checks every place and value. With 28 bits of values a number fits in 4 bytes.

import {
    EMPTY_SMALL_VECTOR,
    INLINE,
    smallGet,
    smallLength,
    smallPush,
    smallSpilled,
    type SmallVector,
} from "../../../src/small-vector"

const ORDERS = 150
// lesson: begin
const DISHES = 7 + 4 * INLINE // four values of 7 bits
const LONGER = 15 // no list of four has that length
let orders: Buffer
let longer: SmallVector[]
// lesson: end
let dishes = 0
let desserts = 0

function receive(): void {
    orders = Buffer.alloc(4 * ORDERS)
    longer = []
    for (let id = 0; id < ORDERS; id++) {
        const count = id % 25 === 24 ? 6 : (id % 4) + 1
        // lesson: begin
        let list: SmallVector = EMPTY_SMALL_VECTOR
        for (let i = 0; i < count; i++) list = smallPush(list, ((id * 7 + i) % 30) + 1, DISHES)
        if (smallSpilled(list)) list = LONGER + 16 * (longer.push(list) - 1)
        orders.setAt(4 * id, "u32", list as number)
        // lesson: end
    }
}

function count(): void {
    for (let at = 0; at < 4 * ORDERS; at += 4) {
        // lesson: begin
        let list: SmallVector = orders.getAt(at, "u32")
        if ((list & LONGER) === LONGER) list = longer[list >> 4]
        const length = smallLength(list)
        for (let i = 0; i < length; i++) {
            dishes++
            if (smallGet(list, i, DISHES) > 25) desserts++
        }
        // lesson: end
    }
}

console.log("work begins")
receive()
count()
console.log("work ends")
console.log(`${dishes} dishes, ${desserts} of them desserts`)
