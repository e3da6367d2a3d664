import {
    copyOverwritingStats,
    copyStats,
    OverwritingRecordRing,
    OverwritingRingBuffer,
    packedRing,
    RecordRing,
    ringCapacity,
    ringClear,
    ringCommit,
    ringDrop,
    ringGet,
    ringLength,
    ringOverwrite,
    ringPeek,
    ringPush,
    ringReserve,
    ringShift,
    ringStart,
    ringStats,
    RingBuffer,
    U16,
    type OverwritingStats,
    type Stats,
} from "../../../../../src/index"
import { operate } from "../operate"

const stats: Stats = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 }
const lost: OverwritingStats = { capacity: 0, length: 0, highWaterMark: 0, overwritten: 0 }

const use = (value: number, index: number) => {}

await operate("nothing", [["nothing", () => {}]], [["nothing", () => {}]])

const pair = [1, 2]
const ring = new RingBuffer(4, 3)
ring.push(1)
ring.push(2)
await operate(
    "RingBuffer",
    [
        ["push", () => ring.push(70000)],
        ["unshift", () => ring.unshift(70000)],
        ["push, refused", () => ring.push(70000)],
        ["get", () => ring.get(1)],
        ["set", () => ring.set(1, 70000)],
        ["newest", () => ring.newest()],
        ["forEach", () => ring.forEach(use)],
        ["peek", () => ring.peek()],
        ["pop", () => ring.pop()],
        ["shift", () => ring.shift()],
        ["available", () => ring.available()],
        ["isEmpty", () => ring.isEmpty()],
        ["isFull", () => ring.isFull()],
        ["stats", () => ring.stats(stats)],
        ["clear", () => ring.clear()],
        ["pushAll", () => ring.pushAll(pair)],
    ],
    [["stats", () => ring.stats()]],
)

const last = new OverwritingRingBuffer(3, 3)
last.push(1)
last.push(2)
await operate(
    "OverwritingRingBuffer",
    [
        ["push", () => last.push(70000)],
        ["push, overwriting", () => last.push(70000)],
        ["get", () => last.get(1)],
        ["set", () => last.set(1, 70000)],
        ["newest", () => last.newest()],
        ["forEach", () => last.forEach(use)],
        ["peek", () => last.peek()],
        ["shift", () => last.shift()],
        ["available", () => last.available()],
        ["isEmpty", () => last.isEmpty()],
        ["isFull", () => last.isFull()],
        ["stats", () => last.stats(lost)],
        ["clear", () => last.clear()],
        ["push", () => last.push(1)],
        ["push", () => last.push(2)],
    ],
    [["stats", () => last.stats()]],
)

const records = new RecordRing(3, 6)
records.push()
records.push()
await operate(
    "RecordRing",
    [
        ["reserve", () => records.reserve()],
        ["push", () => records.push()],
        ["reserve, refused", () => records.reserve()],
        ["push, refused", () => records.push()],
        ["start", () => records.start(1)],
        ["get", () => records.get(1, U16)],
        ["set", () => records.set(1, U16, 500)],
        ["newest", () => records.newest()],
        ["forEach", () => records.forEach(use)],
        ["peek", () => records.peek()],
        ["pop", () => records.pop()],
        ["shift", () => records.shift()],
        ["available", () => records.available()],
        ["isEmpty", () => records.isEmpty()],
        ["isFull", () => records.isFull()],
        ["stats", () => records.stats(stats)],
        ["clear", () => records.clear()],
        ["push", () => records.push()],
        ["push", () => records.push()],
    ],
    [["stats", () => records.stats()]],
)

const lastRecords = new OverwritingRecordRing(3, 6)
lastRecords.push()
lastRecords.push()
await operate(
    "OverwritingRecordRing",
    [
        ["reserve", () => lastRecords.reserve()],
        ["push", () => lastRecords.push()],
        ["push, overwriting", () => lastRecords.push()],
        ["start", () => lastRecords.start(1)],
        ["get", () => lastRecords.get(1, U16)],
        ["set", () => lastRecords.set(1, U16, 500)],
        ["newest", () => lastRecords.newest()],
        ["forEach", () => lastRecords.forEach(use)],
        ["peek", () => lastRecords.peek()],
        ["reserve, overwriting", () => lastRecords.reserve()],
        ["pop", () => lastRecords.pop()],
        ["shift", () => lastRecords.shift()],
        ["available", () => lastRecords.available()],
        ["isEmpty", () => lastRecords.isEmpty()],
        ["isFull", () => lastRecords.isFull()],
        ["stats", () => lastRecords.stats(lost)],
        ["clear", () => lastRecords.clear()],
        ["push", () => lastRecords.push()],
        ["push", () => lastRecords.push()],
    ],
    [["stats", () => lastRecords.stats()]],
)

const packed = packedRing(3, 3)
ringPush(packed, 1)
await operate(
    "PackedRing",
    [
        ["ringPush", () => ringPush(packed, 70000)],
        ["ringReserve", () => ringReserve(packed)],
        ["ringCommit", () => ringCommit(packed)],
        ["ringPush, refused", () => ringPush(packed, 70000)],
        ["ringOverwrite, overwriting", () => ringOverwrite(packed, 70000)],
        ["ringGet", () => ringGet(packed, 1)],
        ["ringStart", () => ringStart(packed, 1)],
        ["ringPeek", () => ringPeek(packed)],
        ["ringShift", () => ringShift(packed)],
        ["ringDrop", () => ringDrop(packed)],
        ["ringOverwrite", () => ringOverwrite(packed, 70000)],
        ["ringLength", () => ringLength(packed)],
        ["ringCapacity", () => ringCapacity(packed)],
        ["ringStats", () => ringStats(packed, stats)],
        ["ringClear", () => ringClear(packed)],
        ["ringPush", () => ringPush(packed, 1)],
    ],
    [
        ["packedRing", () => packedRing(3, 3)],
        ["ringStats", () => ringStats(packed)],
    ],
)

await operate("stats", [
    ["copyStats", () => copyStats(stats, stats)],
    ["copyOverwritingStats", () => copyOverwritingStats(lost, lost)],
])
