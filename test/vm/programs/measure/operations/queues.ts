import {
    copyOverwritingStats,
    copyStats,
    OverwritingRecordRing,
    OverwritingRingBuffer,
    RecordRing,
    RingBuffer,
    type OverwritingStats,
    type Stats,
} from "../../../../../src/index"
import { operate } from "../operate"

const stats: Stats = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 }
const lost: OverwritingStats = { capacity: 0, length: 0, highWaterMark: 0, overwritten: 0 }

await operate("nothing", [["nothing", () => {}]], [["nothing", () => {}]])

const ring = new RingBuffer(4, 3)
ring.push(1)
ring.push(2)
await operate(
    "RingBuffer",
    [
        ["push", () => ring.push(70000)],
        ["unshift", () => ring.unshift(70000)],
        ["push, refused", () => ring.push(70000)],
        ["at", () => ring.at(1)],
        ["peek", () => ring.peek()],
        ["pop", () => ring.pop()],
        ["shift", () => ring.shift()],
        ["available", () => ring.available()],
        ["isEmpty", () => ring.isEmpty()],
        ["isFull", () => ring.isFull()],
        ["stats", () => ring.stats(stats)],
        ["clear", () => ring.clear()],
        ["push", () => ring.push(1)],
        ["push", () => ring.push(2)],
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
        ["at", () => last.at(1)],
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
        ["push", () => records.push()],
        ["push, refused", () => records.push()],
        ["at", () => records.at(1)],
        ["peek", () => records.peek()],
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
        ["push", () => lastRecords.push()],
        ["push, overwriting", () => lastRecords.push()],
        ["at", () => lastRecords.at(1)],
        ["peek", () => lastRecords.peek()],
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

await operate("stats", [
    ["copyStats", () => copyStats(stats, stats)],
    ["copyOverwritingStats", () => copyOverwritingStats(lost, lost)],
])
