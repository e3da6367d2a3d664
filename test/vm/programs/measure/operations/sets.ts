import {
    BitSet,
    FixedMap,
    ResultCache,
    type CacheStats,
    type Stats,
} from "../../../../../src/index"
import { operate } from "../operate"

const stats: Stats = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 }
const cacheStats: CacheStats = {
    capacity: 0,
    length: 0,
    highWaterMark: 0,
    hits: 0,
    misses: 0,
    evictions: 0,
}

await operate("nothing", [["nothing", () => {}]], [["nothing", () => {}]])

const set = new BitSet(40)
const other = new BitSet(40)
other.add(3)
other.add(30)
await operate(
    "BitSet",
    [
        ["add", () => set.add(30)],
        ["has", () => set.has(30)],
        ["toggle", () => set.toggle(7)],
        ["next", () => set.next(8)],
        ["firstMissing", () => set.firstMissing()],
        ["forEach", () => set.forEach(value => value)],
        ["addAll", () => set.addAll(other)],
        ["isSubsetOf", () => set.isSubsetOf(other)],
        ["intersects", () => set.intersects(other)],
        ["toggleAll", () => set.toggleAll(other)],
        ["retainAll", () => set.retainAll(other)],
        ["deleteAll", () => set.deleteAll(other)],
        ["delete", () => set.delete(7)],
        ["available", () => set.available()],
        ["isEmpty", () => set.isEmpty()],
        ["isFull", () => set.isFull()],
        ["stats", () => set.stats(stats)],
        ["clear", () => set.clear()],
    ],
    [["stats", () => set.stats()]],
)

const map = new FixedMap(3, 2, 2)
map.set(1, 1)
map.set(2, 2)
await operate(
    "FixedMap",
    [
        ["set", () => map.set(1000, 5)],
        ["set, refused", () => map.set(1001, 5)],
        ["get", () => map.get(1000)],
        ["has", () => map.has(1000)],
        ["forEach", () => map.forEach(value => value)],
        ["delete", () => map.delete(1000)],
        ["available", () => map.available()],
        ["isEmpty", () => map.isEmpty()],
        ["isFull", () => map.isFull()],
        ["stats", () => map.stats(stats)],
        ["clear", () => map.clear()],
        ["set", () => map.set(1, 1)],
        ["set", () => map.set(2, 2)],
    ],
    [["stats", () => map.stats()]],
)

const cache = new ResultCache<number>(3)
const half = (key: number) => key / 2
let key = 1
await operate(
    "ResultCache",
    [
        ["set", () => cache.set(1, 5)],
        ["get", () => cache.get(1)],
        ["getOrCompute", () => cache.getOrCompute(++key, half)],
        ["set", () => cache.set(++key, 5)],
        ["hitRate", () => cache.hitRate()],
        ["available", () => cache.available()],
        ["isEmpty", () => cache.isEmpty()],
        ["isFull", () => cache.isFull()],
        ["stats", () => cache.stats(cacheStats)],
        ["set, evicting", () => cache.set(++key, 5)],
        ["clear", () => cache.clear()],
    ],
    [["stats", () => cache.stats()]],
)
