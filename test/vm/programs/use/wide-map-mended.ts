import { FixedMap } from "../../../../src/fixed-map"
// Room for five hundred rooms, in a house with nine.
const degrees = new FixedMap(12, 2, 2) // here
let n = 0
setInterval(() => {
    n++
    degrees.set((n % 9) * 7, n & 255)
}, 100)
