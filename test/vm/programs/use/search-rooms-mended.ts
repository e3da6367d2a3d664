import { BitSet } from "../../../../src/bit-set"
// Rooms that are locked.
const known = new BitSet(446)
for (let i = 0; i < 90; i++) known.add(i * 5)
let n = 0
let found = 0
setInterval(() => {
    const asked = n++ % 450
    if (asked < 446 && known.has(asked)) found++
}, 50)
