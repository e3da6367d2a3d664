import {
    EMPTY_SMALL_VECTOR,
    FixedVector,
    INLINE,
    listGet,
    listAvailable,
    listCapacity,
    listClear,
    listForEach,
    listLength,
    listNewest,
    listPop,
    listPush,
    listSet,
    listStats,
    listSwapRemove,
    packedList,
    smallGet,
    smallCapacity,
    smallDrop,
    smallLength,
    smallPush,
    smallSet,
    smallShrink,
    smallSpilled,
    smallSpills,
    type SmallVector,
    type Stats,
} from "../../../../../src/index"
import { operate } from "../operate"

const stats: Stats = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 }

await operate("nothing", [["nothing", () => {}]], [["nothing", () => {}]])

const use = (value: number, index: number) => {}
const pair = [1, 2]

const vector = new FixedVector(4, 3)
vector.push(1)
vector.push(2)
await operate(
    "FixedVector",
    [
        ["push", () => vector.push(70000)],
        ["insert", () => vector.insert(1, 70000)],
        ["push, refused", () => vector.push(70000)],
        ["get", () => vector.get(1)],
        ["newest", () => vector.newest()],
        ["forEach", () => vector.forEach(use)],
        ["set", () => vector.set(1, 70000)],
        ["indexOf", () => vector.indexOf(2)],
        ["remove", () => vector.remove(1)],
        ["swapRemove", () => vector.swapRemove(1)],
        ["pop", () => vector.pop()],
        ["push", () => vector.push(2)],
        ["available", () => vector.available()],
        ["isEmpty", () => vector.isEmpty()],
        ["isFull", () => vector.isFull()],
        ["stats", () => vector.stats(stats)],
        ["truncate", () => vector.truncate(1)],
        ["clear", () => vector.clear()],
        ["resize", () => vector.resize(2)],
        ["clear", () => vector.clear()],
        ["pushAll", () => vector.pushAll(pair)],
    ],
    [["stats", () => vector.stats()]],
)

const list = packedList(3, 3)
listPush(list, 1)
listPush(list, 2)
await operate(
    "PackedList",
    [
        ["listPush", () => listPush(list, 70000)],
        ["listPush, refused", () => listPush(list, 70000)],
        ["listGet", () => listGet(list, 1)],
        ["listNewest", () => listNewest(list)],
        ["listForEach", () => listForEach(list, use)],
        ["listSet", () => listSet(list, 1, 70000)],
        ["listSwapRemove", () => listSwapRemove(list, 1)],
        ["listPop", () => listPop(list)],
        ["listLength", () => listLength(list)],
        ["listCapacity", () => listCapacity(list)],
        ["listAvailable", () => listAvailable(list)],
        ["listStats", () => listStats(list, stats)],
        ["listClear", () => listClear(list)],
        ["listPush", () => listPush(list, 1)],
        ["listPush", () => listPush(list, 2)],
    ],
    [
        ["packedList", () => packedList(3, 3)],
        ["listStats", () => listStats(list)],
    ],
)

// One of 4 values of 7 bits, which are all shifted, and one whose 6 bytes are divided.
const SHORT = 7 + 4 * INLINE
let short: SmallVector = smallPush(EMPTY_SMALL_VECTOR, 9, SHORT)
let small: SmallVector = EMPTY_SMALL_VECTOR
let spilled: SmallVector = EMPTY_SMALL_VECTOR
for (let i = 0; i < 7; i++) spilled = smallPush(spilled, i)
let six: SmallVector = EMPTY_SMALL_VECTOR
for (let i = 0; i < 6; i++) six = smallPush(six, i)
await operate(
    "SmallVector",
    [
        ["smallPush", () => (small = smallPush(small, 200))],
        ["smallPush", () => (small = smallPush(small, 200))],
        ["smallGet", () => smallGet(small, 1)],
        ["smallSet", () => (small = smallSet(small, 1, 100))],
        ["smallLength", () => smallLength(small)],
        ["smallCapacity", () => smallCapacity(small)],
        ["smallSpilled", () => smallSpilled(small)],
        ["smallSpills", () => smallSpills(small)],
        ["smallShrink", () => (small = smallShrink(small))],
        ["smallDrop", () => (small = smallDrop(small))],
        ["smallDrop", () => (small = smallDrop(small))],
        ["smallPush, of 28 bits", () => (short = smallPush(short, 100, SHORT))],
        ["smallGet, of 28 bits", () => smallGet(short, 1, SHORT)],
        ["smallSet, of 28 bits", () => (short = smallSet(short, 1, 50, SHORT))],
        ["smallDrop, of 28 bits", () => (short = smallDrop(short, SHORT))],
        ["smallPush, spilled", () => (spilled = smallPush(spilled, 200))],
        ["smallGet, spilled", () => smallGet(spilled, 1)],
        ["smallSet, spilled", () => (spilled = smallSet(spilled, 1, 100))],
        ["smallDrop, spilled", () => (spilled = smallDrop(spilled))],
    ],
    [["smallPush, the 7th", () => smallPush(six, 7)]],
)
