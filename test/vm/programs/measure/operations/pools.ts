import {
    Arena,
    BlockPool,
    FREE_START,
    freeCapacity,
    freeClear,
    freeForEach,
    freeGive,
    freeMap,
    freeStats,
    freeTake,
    freeTaken,
    ObjectPool,
    type BlockPoolStats,
    type ObjectPoolStats,
    type Stats,
} from "../../../../../src/index"
import { operate } from "../operate"

interface Item {
    id: number
}

const stats: Stats = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 }
const poolStats: ObjectPoolStats = {
    capacity: 0,
    length: 0,
    highWaterMark: 0,
    refused: 0,
    acquired: 0,
}
const blockStats: BlockPoolStats = {
    capacity: 0,
    length: 0,
    highWaterMark: 0,
    refused: 0,
    allocated: 0,
    reused: 0,
    handedBytes: 0,
    wastedBytes: 0,
}

await operate("nothing", [["nothing", () => {}]], [["nothing", () => {}]])

const pool = new ObjectPool<Item>(2, id => ({ id }))
let first: Item
let second: Item
await operate(
    "ObjectPool",
    [
        ["acquire", () => (first = pool.acquire() as Item)],
        ["acquire", () => (second = pool.acquire() as Item)],
        ["acquire, refused", () => pool.acquire()],
        ["release", () => pool.release(first)],
        ["release", () => pool.release(second)],
        ["reuseRate", () => pool.reuseRate()],
        ["available", () => pool.available()],
        ["isEmpty", () => pool.isEmpty()],
        ["isFull", () => pool.isFull()],
        ["stats", () => pool.stats(poolStats)],
        ["clear", () => pool.clear()],
    ],
    [["stats", () => pool.stats()]],
)

const blocks = new BlockPool(2, [64, 1024])
const fresh = new BlockPool(1, [64])
let small: Buffer
let large: Buffer
await operate(
    "BlockPool",
    [
        ["allocate", () => (small = blocks.allocate(20) as Buffer)],
        ["allocate", () => (large = blocks.allocate(1000) as Buffer)],
        ["allocate, refused", () => blocks.allocate(20)],
        ["release", () => blocks.release(small)],
        ["release", () => blocks.release(large)],
        ["reuseRate", () => blocks.reuseRate()],
        ["innerWaste", () => blocks.innerWaste()],
        ["available", () => blocks.available()],
        ["isEmpty", () => blocks.isEmpty()],
        ["isFull", () => blocks.isFull()],
        ["stats", () => blocks.stats(blockStats)],
    ],
    [
        ["stats", () => blocks.stats()],
        [
            "clear, allocate, release",
            () => {
                fresh.clear()
                fresh.release(fresh.allocate(64) as Buffer)
            },
        ],
    ],
)

const arena = new Arena(40)
await operate(
    "Arena",
    [
        ["allocate", () => arena.allocate(7)],
        ["allocate, aligned", () => arena.allocate(30, 4)],
        ["allocate, refused", () => arena.allocate(30)],
        ["reset", () => arena.reset(7)],
        ["available", () => arena.available()],
        ["isEmpty", () => arena.isEmpty()],
        ["isFull", () => arena.isFull()],
        ["stats", () => arena.stats(stats)],
        ["clear", () => arena.clear()],
    ],
    [["stats", () => arena.stats()]],
)

const out = freeMap(2)
await operate(
    "FreeMap",
    [
        ["freeTake", () => freeTake(out)],
        ["freeTake", () => freeTake(out)],
        ["freeTake, refused", () => freeTake(out)],
        ["freeGive", () => freeGive(out, 0)],
        [
            "by index: taken and given back",
            () => {
                const at = out.indexOf(0, FREE_START)
                out[at] = 1
                out[at] = 0
            },
        ],
        ["freeTaken", () => freeTaken(out)],
        ["freeCapacity", () => freeCapacity(out)],
        ["freeForEach", () => freeForEach(out, slot => slot)],
        ["freeStats", () => freeStats(out, stats)],
        ["freeClear", () => freeClear(out)],
    ],
    [
        ["freeMap", () => freeMap(2)],
        ["freeStats", () => freeStats(out)],
    ],
)
