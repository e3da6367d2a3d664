import { BitSet } from "../../../../src/bit-set"
// Seats that are sold.
const known = new BitSet(399)
for (let i = 0; i < 200; i++) known.add(i * 2)
let n = 0
let found = 0
setInterval(() => {
    const asked = n++ % 400
    if (asked < 399 && known.has(asked)) found++
}, 50)
