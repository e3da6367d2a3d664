import { BlockPool } from "../../../../src/block-pool"
// Nobody asked for the largest class yet: none of it was made.
const pool = new BlockPool(8, [24, 48, 512])
const out: Buffer[] = []
let n = 0
setInterval(() => {
    if (out.length < 6) out.push(pool.allocate(n % 2 ? 22 : 47))
    else while (out.length > 0) pool.release(out.pop())
    n++
}, 50)
