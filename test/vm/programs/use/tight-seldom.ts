import { BlockPool } from "../../../../src/block-pool"
// Most are short, but now and then one takes all of the block.
const pool = new BlockPool(10, [128])
const out: Buffer[] = []
let n = 0
setInterval(() => {
    if (out.length < 8) out.push(pool.allocate(n % 50 === 0 ? 128 : 30))
    else while (out.length > 2) pool.release(out.pop())
    n++
}, 50)
