import { BlockPool } from "../../../../src/block-pool"
// Lines of up to 40 characters in blocks for 40.
const pool = new BlockPool(12, [40])
const out: Buffer[] = []
let n = 0
setInterval(() => {
    for (let i = 0; i < 6; i++) out.push(pool.allocate(20 + ((n + i) % 21)))
    while (out.length > 0) pool.release(out.pop())
    n++
}, 100)
