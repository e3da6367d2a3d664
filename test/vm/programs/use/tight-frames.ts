import { BlockPool } from "../../../../src/block-pool"
// The classes fit what is asked for.
const pool = new BlockPool(10, [32, 72])
const out: Buffer[] = []
let n = 0
setInterval(() => {
    if (out.length < 8) out.push(pool.allocate(n % 2 ? 30 : 60 + (n % 11)))
    else while (out.length > 2) pool.release(out.pop())
    n++
}, 50)
