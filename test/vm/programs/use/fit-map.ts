import { FixedMap } from "../../../../src/fixed-map"
const degrees = new FixedMap(300, 2, 2)
let n = 0
setInterval(() => {
    n++
    degrees.set(n % 250, n & 255)
}, 20)
