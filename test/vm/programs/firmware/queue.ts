// Orders of 4 bytes wait for the kitchen, 20 at most; those that find no place are counted.
import { packedRing, ringPush, ringShift, ringStats } from "../../../../src/index"

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
    const { length, refused, highWaterMark } = ringStats(orders)
    console.log(`${cooked} cooked, ${cents}, ${length} wait, ${refused} of ${highWaterMark}`)
}, 100)
