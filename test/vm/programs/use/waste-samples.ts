import { BlockPool } from "../../../../src/block-pool"
// Short and long rows of samples, both in blocks that are much too long.
const pool = new BlockPool(16, [100, 400]) // here
const rows: Buffer[] = []
let n = 0
setInterval(() => {
    rows.push(pool.allocate(n % 2 ? 48 : 180))
    if (rows.length === 8) for (const row of rows) pool.release(row)
    if (rows.length === 8) rows.insert(0, -8)
    n++
}, 40)
