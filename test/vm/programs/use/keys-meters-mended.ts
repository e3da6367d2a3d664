import { FixedMap } from "../../../../src/fixed-map"
// What each meter has counted.
const byNumber = new FixedMap(80, 2, 2)
let n = 0
let sum = 0
setInterval(() => {
    const key = (n % 80) * 37
    byNumber.set(key, (n * 7) & 4095)
    sum += byNumber.get(key) as number
    n++
}, 20)
