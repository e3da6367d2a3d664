import {
    AT,
    findField,
    packedUnion,
    readField,
    RecordArray,
    saturate,
    StructOfArrays,
    sumField,
    TaggedUnionArray,
    U16,
    U24,
    U8,
    unionCapacity,
    unionClear,
    unionLarge,
    unionLength,
    unionPayload,
    unionPop,
    unionPush,
    unionPushLarge,
    unionSet,
    unionStart,
    unionStats,
    unionTag,
    writeField,
    type Stats,
} from "../../../../../src/index"
import { operate } from "../operate"

const ID = U24
const TABLE = U8 + 3 * AT
const PRICE = U16 + 4 * AT
const FIELDS = [ID, TABLE, PRICE]

const stats: Stats = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 }

await operate("nothing", [["nothing", () => {}]], [["nothing", () => {}]])

let sum = 0
const rows = new RecordArray(4, 6)
const rowBytes = rows.buffer
rows.push()
rows.push()
await operate(
    "RecordArray",
    [
        ["reserve", () => rows.reserve()],
        ["push", () => rows.push()],
        ["push", () => rows.push()],
        ["push, refused", () => rows.push()],
        ["reserve, refused", () => rows.reserve()],
        ["start", () => rows.start(1)],
        ["newest", () => rows.newest()],
        ["get", () => rows.get(1, PRICE)],
        ["set", () => rows.set(1, PRICE, 1250)],
        [
            "3 fields by index",
            () => {
                const start = rows.start(1)
                sum =
                    (rowBytes.getAt(start, "u16") | ((rowBytes[start + 2] as number) << 16)) +
                    (rowBytes[start + 3] as number) +
                    rowBytes.getAt(start + 4, "u16")
            },
        ],
        ["move", () => rows.move(0, 2)],
        ["indexOf", () => rows.indexOf(PRICE, 1250)],
        ["sum", () => rows.sum(PRICE)],
        ["forEach", () => rows.forEach(start => start)],
        ["sortBy", () => rows.sortBy(PRICE)],
        ["remove", () => rows.remove(1)],
        ["swapRemove", () => rows.swapRemove(0)],
        ["pop", () => rows.pop()],
        ["available", () => rows.available()],
        ["isEmpty", () => rows.isEmpty()],
        ["isFull", () => rows.isFull()],
        ["stats", () => rows.stats(stats)],
        ["truncate", () => rows.truncate(1)],
        ["clear", () => rows.clear()],
        ["push", () => rows.push()],
        ["push", () => rows.push()],
    ],
    [["stats", () => rows.stats()]],
)

const columns = new StructOfArrays(4, 6)
columns.push()
columns.push()
await operate(
    "StructOfArrays",
    [
        ["push", () => columns.push()],
        ["push", () => columns.push()],
        ["push, refused", () => columns.push()],
        ["get", () => columns.get(1, PRICE)],
        ["set", () => columns.set(1, PRICE, 1250)],
        ["column", () => columns.column(PRICE)],
        ["indexOf", () => columns.indexOf(PRICE, 1250)],
        ["sum", () => columns.sum(PRICE)],
        ["fill", () => columns.fill(TABLE, 7)],
        ["swapRemove", () => columns.swapRemove(0, FIELDS)],
        ["pop", () => columns.pop()],
        ["available", () => columns.available()],
        ["isEmpty", () => columns.isEmpty()],
        ["isFull", () => columns.isFull()],
        ["stats", () => columns.stats(stats)],
        ["truncate", () => columns.truncate(1)],
        ["clear", () => columns.clear()],
        ["push", () => columns.push()],
        ["push", () => columns.push()],
    ],
    [["stats", () => columns.stats()]],
)

const union = new TaggedUnionArray<string>(4, 2, 2)
union.push(1)
union.push(1)
await operate(
    "TaggedUnionArray",
    [
        ["push", () => union.push(2)],
        ["pushLarge", () => union.pushLarge(3, "kitchen on fire")],
        ["push, refused", () => union.push(2)],
        ["tag", () => union.tag(3)],
        ["payload", () => union.payload(1)],
        ["large", () => union.large(3)],
        ["set", () => union.set(3, 1)],
        ["setLarge", () => union.setLarge(1, 3, "out of soup")],
        ["availableLarge", () => union.availableLarge()],
        ["swapRemove", () => union.swapRemove(1)],
        ["pop", () => union.pop()],
        ["available", () => union.available()],
        ["isEmpty", () => union.isEmpty()],
        ["isFull", () => union.isFull()],
        ["stats", () => union.stats(stats)],
        ["clear", () => union.clear()],
        ["push", () => union.push(1)],
        ["push", () => union.push(1)],
    ],
    [["stats", () => union.stats()]],
)

const statuses = packedUnion(3, 2)
const reasons = new Array<string>(2)
await operate(
    "PackedUnion",
    [
        ["unionPush", () => unionPush(statuses, 1)],
        ["unionPushLarge", () => unionPushLarge(statuses, reasons, 3, "kitchen on fire")],
        ["unionPush", () => unionPush(statuses, 1)],
        ["unionPush, refused", () => unionPush(statuses, 1)],
        ["unionStart", () => unionStart(statuses, 1)],
        ["unionTag", () => unionTag(statuses, 1)],
        ["unionPayload", () => unionPayload(statuses, 0)],
        ["unionLarge", () => unionLarge(statuses, reasons, 1)],
        ["unionSet", () => unionSet(statuses, reasons, 1, 2)],
        ["unionPop", () => unionPop(statuses, reasons)],
        ["unionLength", () => unionLength(statuses)],
        ["unionCapacity", () => unionCapacity(statuses)],
        ["unionStats", () => unionStats(statuses, stats)],
        ["unionClear", () => unionClear(statuses, reasons)],
    ],
    [
        ["packedUnion", () => packedUnion(3, 2)],
        ["unionStats", () => unionStats(statuses)],
    ],
)

const bytes = Buffer.alloc(24)
await operate("byte fields", [
    ["readField", () => readField(bytes, 6, PRICE)],
    ["writeField", () => writeField(bytes, 6, PRICE, 1250)],
    ["saturate", () => saturate(PRICE, 99999)],
    ["findField", () => findField(bytes, 0, 6, 24, PRICE, 1250)],
    ["sumField", () => sumField(bytes, 0, 6, 24, PRICE)],
])
