import { FixedMap } from "../../../../src/fixed-map"
// Degrees by number of the room.
const byNumber = new FixedMap(50, 2, 1)
let n = 0
let sum = 0
setInterval(() => {
    const key = (n % 50) * 101
    byNumber.set(key, n & 127)
    sum += byNumber.get(key) as number
    n++
}, 20)
