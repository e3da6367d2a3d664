import { BlockPool } from "../../../../src/block-pool"
// Packets of three sizes come and go.
const pool = new BlockPool(4, [16, 48, 96])
let n = 0
let sum = 0
setInterval(() => {
    const block = pool.allocate([16, 45, 90][n % 3])
    block[0] = n
    sum += block[0]
    pool.release(block)
    n++
}, 50)
