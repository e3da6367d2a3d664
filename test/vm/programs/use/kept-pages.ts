import { BlockPool } from "../../../../src/block-pool"
// Each page is a block that nobody gives back.
const pool = new BlockPool(40, [64, 96]) // here
const pages: Buffer[] = []
let n = 0
setInterval(() => {
    if (pages.length < 30) pages.push(pool.allocate(pages.length % 2 ? 64 : 96))
    n++
    pages[n % pages.length][n % 64] = n
}, 100)
