import { BlockPool } from "../../../../src/block-pool"
// Frames of 70 B in blocks of 70.
const pool = new BlockPool(10, [64, 70])
const out: Buffer[] = []
let n = 0
setInterval(() => {
    if (out.length < 8) out.push(pool.allocate(60 + (n % 11)))
    else while (out.length > 2) pool.release(out.pop())
    n++
}, 50)
