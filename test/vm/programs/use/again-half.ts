import { BlockPool } from "../../../../src/block-pool"
// Half of the blocks stay out, the others come and go.
const pool = new BlockPool(20, [40, 80])
const kept: Buffer[] = []
for (let i = 0; i < 10; i++) kept.push(pool.allocate(80))
let n = 0
setInterval(() => {
    const block = pool.allocate(40)
    block[0] = n++
    kept[n % 10][0] = block[0]
    pool.release(block)
}, 50)
