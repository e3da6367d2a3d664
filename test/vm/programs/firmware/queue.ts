// Orders of 4 bytes wait for the kitchen, 20 at most; those that find no place are counted.
import { packedRing, ringPush, ringShift } from "../../../../src/index"

const orders = packedRing(20, 4)
let made = 0
let cooked = 0
let cents = 0

setInterval(() => {
    for (let i = 0; i < 3; i++) {
        made++
        const price = 450 + ((made * 71) % 900)
        ringPush(orders, (made & 0xff) | ((made % 40) << 8) | (price << 16))
    }
    let places = 1
    if (made % 20 < 10) places++
    if (made % 20 < 3) places++
    for (; places > 0; places--) {
        const order = ringShift(orders)
        if (order === undefined) break
        cooked++
        cents += order >>> 16
    }
    if (made % 60 !== 0) return
    // The ring's figures by index, as packed-ring.ts says.
    console.log(
        `${cooked} cooked, ${cents}, ${orders.getAt(0, "u16")} wait, ${orders.getAt(6, "u16")} of ${orders.getAt(4, "u16")}`,
    )
}, 100)
