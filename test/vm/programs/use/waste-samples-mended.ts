import { BlockPool } from "../../../../src/block-pool"
// Blocks as long as the rows.
const pool = new BlockPool(16, [48, 180])
const rows: Buffer[] = []
let n = 0
setInterval(() => {
    rows.push(pool.allocate(n % 2 ? 48 : 180))
    if (rows.length === 8) for (const row of rows) pool.release(row)
    if (rows.length === 8) rows.insert(0, -8)
    n++
}, 40)
