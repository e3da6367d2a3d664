import { BlockPool } from "../../../../src/block-pool"
// Keys of 9 to 12 B stay out for long, in blocks of 64.
const pool = new BlockPool(24, [64, 128]) // here
const keys: Buffer[] = []
let n = 0
setInterval(() => {
    const at = n % 20
    if (keys[at]) pool.release(keys[at])
    keys[at] = pool.allocate(9 + (n % 4))
    n++
}, 40)
