import { BlockPool } from "../../../../src/block-pool"
// Keys of 9 to 12 B in blocks of 12.
const pool = new BlockPool(24, [12, 128])
const keys: Buffer[] = []
let n = 0
setInterval(() => {
    const at = n % 20
    if (keys[at]) pool.release(keys[at])
    keys[at] = pool.allocate(9 + (n % 4))
    n++
}, 40)
