import { BlockPool } from "../../../../src/block-pool"
// One block of a class that is too large: hardly any bytes.
const pool = new BlockPool(4, [16, 64])
let n = 0
let sum = 0
setInterval(() => {
    const block = pool.allocate(40)
    block[0] = n++
    sum += block[0]
    pool.release(block)
}, 50)
