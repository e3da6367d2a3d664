import { BlockPool } from "../../../src/block-pool"

let seed = 1
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

const pool = new BlockPool(6, [64, 1024, 3072])
const out: Buffer[] = []
let sum = 0
for (let i = 0; i < 60; i++) {
    if (random(5) < 3) {
        const block = pool.allocate([20, 64, 65, 1024, 1025, 3000][random(6)] as number)
        if (block) out.push(block)
        sum = (sum * 31 + (block ? block.length : 9)) | 0
    } else if (out.length > 0) {
        const at = random(out.length)
        const block = out[at] as Buffer
        out[at] = out[out.length - 1] as Buffer
        out.pop()
        pool.release(block)
    }
}
const stats = pool.stats()
console.log(`sum ${sum}, length ${stats.length} of ${stats.capacity}, out ${out.length}`)
console.log(`most ${stats.highWaterMark}, refused ${stats.refused}, free ${pool.available()}`)
console.log(
    `served ${stats.allocated}, reused ${stats.reused}, wasted ${stats.wastedBytes} of ${stats.handedBytes}`,
)
console.log(`empty ${pool.isEmpty()}, full ${pool.isFull()}`)
while (out.length > 0) pool.release(out.pop() as Buffer)

const many = new BlockPool(12, [64, 1024])
for (let i = 0; i < 12; i++) out.push(many.allocate(1) as Buffer)
while (out.length > 0) many.release(out.pop() as Buffer)
console.log(`waste ${many.innerWaste()}, empty ${many.isEmpty()}, rate ${many.reuseRate()}`)
for (let i = 0; i < 12; i++) out.push(many.allocate(64) as Buffer)
console.log(`served ${many.allocated}, reused ${many.reused}`)
many.clear()
while (out.length > 0) many.release(out.pop() as Buffer)
console.log(`kept ${many.allocate(64) === out[0]}`)

function fails(what: () => void): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}
const block = pool.allocate(5) as Buffer
pool.release(block)
fails(() => pool.release(block))
pool.allocate(5)
fails(() => pool.release(Buffer.alloc(64)))
fails(() => new BlockPool(0, [64]))
fails(() => pool.allocate(0))
fails(() => pool.allocate(60000))
