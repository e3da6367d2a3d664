import { sleep } from "@devicescript/core"
import { register, startMemoryAgent } from "../../../devs/agent"
import { BlockPool } from "../../../src/block-pool"
import { Interner } from "../../../src/interner"
import { ObjectPool } from "../../../src/object-pool"
import { ResultCache } from "../../../src/result-cache"
import { RingBuffer } from "../../../src/ring-buffer"
const names = new Interner(8)
const prices = new ResultCache<number>(4)
const orders = new ObjectPool(3, id => [id])
const blocks = new BlockPool(2, [16, 64])
const queue = new RingBuffer(4, 1)
register("names", names)
register("prices", prices)
register("queue", queue)
register("orders", orders)
register("a.name.of.16.ch.", blocks)
startMemoryAgent()
for (let i = 0; ; i++) {
    names.intern(`dish ${i % 3}`)
    const key = i % 2 === 0 ? 9 : i % 12
    if (prices.get(key) === undefined) prices.set(key, i)
    orders.release(orders.acquire() as number[])
    blocks.release(blocks.allocate(10) as Buffer)
    queue.push(1)
    await sleep(300)
}
