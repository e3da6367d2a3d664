import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
    AT,
    I16,
    I24,
    I32,
    I8,
    readField,
    U16,
    U24,
    U32,
    U8,
    writeField,
} from "../../src/byte-fields"
import { StructOfArrays as InNode } from "../../src/node/struct-of-arrays"
import { RecordArray } from "../../src/record-array"
import { StructOfArrays } from "../../src/struct-of-arrays"

const ID = U24
const TABLE = U8 + 3 * AT
const BALANCE = I16 + 4 * AT
const FIELDS = [ID, TABLE, BALANCE]
const RECORD_BYTES = 6
const CAPACITY = 8

interface Order {
    id: number
    table: number
    balance: number
}

const ORDER: fc.Arbitrary<Order> = fc.record({
    id: fc.oneof(fc.nat(0xffffff), fc.nat(2)),
    table: fc.nat(3),
    balance: fc.integer({ min: -0x8000, max: 0x7fff }),
})

/** What both forms of storage have in common. */
type Records = RecordArray | StructOfArrays

function append(records: Records, order: Order): boolean {
    const length = records.length
    if (records.push() === undefined) return false
    write(records, length, order)
    return true
}

function write(records: Records, index: number, { id, table, balance }: Order): void {
    records.set(index, ID, id)
    records.set(index, TABLE, table)
    records.set(index, BALANCE, balance)
}

function ordersOf(records: Records): Order[] {
    return Array.from({ length: records.length }, (_, index) => ({
        id: records.get(index, ID),
        table: records.get(index, TABLE),
        balance: records.get(index, BALANCE),
    }))
}

function swapRemove(records: Records, index: number): void {
    if (records instanceof RecordArray) records.swapRemove(index)
    else records.swapRemove(index, FIELDS)
}

type Operation = (records: Records, plain: Order[]) => void

const INDEX = fc.nat(CAPACITY - 1)

const COMMON: fc.Arbitrary<Operation> = fc.oneof(
    ORDER.map((order): Operation => (records, plain) => {
        const taken = plain.length < CAPACITY
        expect(append(records, order)).toBe(taken)
        if (taken) plain.push(order)
    }),
    fc.tuple(INDEX, ORDER).map(([index, order]): Operation => (records, plain) => {
        if (index >= plain.length)
            return expect(() => records.set(index, ID, 0)).toThrow(RangeError)
        write(records, index, order)
        plain[index] = order
    }),
    INDEX.map((index): Operation => (records, plain) => {
        if (index >= plain.length)
            return expect(() => swapRemove(records, index)).toThrow(RangeError)
        swapRemove(records, index)
        const last = plain.pop() as Order
        if (index < plain.length) plain[index] = last
    }),
    INDEX.map((length): Operation => (records, plain) => {
        if (length > plain.length) return expect(() => records.truncate(length)).toThrow(RangeError)
        records.truncate(length)
        plain.length = length
    }),
    fc.constant<Operation>((records, plain) => {
        records.pop()
        plain.pop()
    }),
    fc.constant<Operation>((records, plain) => {
        records.clear()
        plain.length = 0
    }),
)

const ORDERED: fc.Arbitrary<Operation> = fc.oneof(
    INDEX.map((index): Operation => (records, plain) => {
        const array = records as RecordArray
        if (index >= plain.length) return expect(() => array.remove(index)).toThrow(RangeError)
        array.remove(index)
        plain.splice(index, 1)
    }),
    fc.tuple(INDEX, INDEX).map(([from, to]): Operation => (records, plain) => {
        const array = records as RecordArray
        if (Math.max(from, to) >= plain.length)
            return expect(() => array.move(from, to)).toThrow(RangeError)
        array.move(from, to)
        plain.splice(to, 0, ...plain.splice(from, 1))
    }),
    fc.constant<Operation>((records, plain) => {
        const array = records as RecordArray
        array.sortBy(BALANCE)
        plain.sort((a, b) => a.balance - b.balance)
    }),
)

const FORMS = [
    {
        name: "RecordArray",
        make: () => new RecordArray(CAPACITY, RECORD_BYTES),
        operation: fc.oneof(COMMON, ORDERED),
    },
    {
        name: "StructOfArrays",
        make: () => new StructOfArrays(CAPACITY, RECORD_BYTES),
        operation: COMMON,
    },
    {
        name: "StructOfArrays for Node",
        make: () => new InNode(CAPACITY, RECORD_BYTES),
        operation: COMMON,
    },
]

describe.each(FORMS)("$name", ({ make, operation }) => {
    test("does what an array of objects does", () => {
        fc.assert(
            fc.property(fc.array(operation, { size: "medium" }), operations => {
                const records = make()
                const plain: Order[] = []
                let highWaterMark = 0
                for (const operation of operations) {
                    operation(records, plain)
                    highWaterMark = Math.max(highWaterMark, plain.length)
                    expect(ordersOf(records)).toEqual(plain)
                    expect(records.available()).toBe(CAPACITY - plain.length)
                    expect(records.isEmpty()).toBe(plain.length === 0)
                    expect(records.isFull()).toBe(plain.length === CAPACITY)
                    expect(records.highWaterMark).toBe(highWaterMark)
                }
            }),
        )
    })

    test("looks for values and sums up as an array of objects does", () => {
        const cases = fc.record({
            orders: fc.array(ORDER, { maxLength: CAPACITY }),
            id: fc.oneof(fc.nat(3), fc.nat(0xffffff)),
            table: fc.nat(4),
            from: fc.nat(CAPACITY),
        })
        fc.assert(
            fc.property(cases, ({ orders, id, table, from: seed }) => {
                const from = Math.min(seed, orders.length)
                const records = make()
                for (const order of orders) append(records, order)
                const at = (found: number) => (found < 0 ? -1 : found)
                expect(records.indexOf(ID, id)).toBe(orders.findIndex(order => order.id === id))
                expect(records.indexOf(TABLE, table, from)).toBe(
                    at(orders.findIndex((order, i) => i >= from && order.table === table)),
                )
                const some = orders[from % 3]?.balance ?? -1
                expect(records.indexOf(BALANCE, some)).toBe(
                    orders.findIndex(order => order.balance === some),
                )
                const sum = (of: (order: Order) => number) =>
                    orders.reduce((sum, order) => sum + of(order), 0)
                expect(records.sum(ID)).toBe(sum(order => order.id))
                expect(records.sum(TABLE)).toBe(sum(order => order.table))
                expect(records.sum(BALANCE)).toBe(sum(order => order.balance))
            }),
        )
    })

    test("takes the bytes of its fields and no more", () => {
        expect(make().buffer.length).toBe(CAPACITY * RECORD_BYTES)
    })

    test("a full array refuses and counts", () => {
        const records = make()
        for (let i = 0; i < CAPACITY + 2; i++)
            expect(records.push() !== undefined).toBe(i < CAPACITY)
        expect(records.stats()).toEqual({
            capacity: CAPACITY,
            length: CAPACITY,
            highWaterMark: CAPACITY,
            refused: 2,
        })
    })

    test("wrong use is refused by name", () => {
        const records = make()
        records.push()
        expect(() => records.get(1, ID)).toThrow(/index .* below the length 1, got 1/)
        expect(() => records.get(-1, ID)).toThrow(RangeError)
        expect(() => records.set(0.5, ID, 0)).toThrow(RangeError)
        expect(() => records.get("0" as unknown as number, ID)).toThrow(TypeError)
        expect(() => records.set(0, TABLE, 256)).toThrow(
            new RangeError("value must be an integer from 0 to 255, got 256"),
        )
        for (const field of [U8 + 6 * AT, I16 + 5 * AT]) {
            const error = /end of the field must be an integer from 1 to 6, got 7/
            expect(() => records.get(0, field)).toThrow(error)
            expect(() => records.set(0, field, 0)).toThrow(error)
            expect(() => records.indexOf(field, 0)).toThrow(error)
            expect(() => records.sum(field)).toThrow(error)
        }
    })
})

describe("RecordArray alone", () => {
    test("hands out where records start", () => {
        const records = new RecordArray(2, RECORD_BYTES)
        expect([records.push(), records.push(), records.push()]).toEqual([0, 6, undefined])
        writeField(records.buffer, 6, TABLE, 9)
        expect(records.get(1, TABLE)).toBe(9)
        expect(readField(records.buffer, records.start(1), TABLE)).toBe(9)
        const seen: number[] = []
        records.forEach((start, index) => seen.push(start, index))
        expect(seen).toEqual([0, 0, 6, 1])
        expect([records.pop(), records.pop(), records.pop()]).toEqual([true, true, false])
    })

    test("refuses a size that does not fit", () => {
        expect(() => new RecordArray(0, 4)).toThrow(/capacity .* from 1 to 14333, got 0/)
        expect(() => new RecordArray(1, 0)).toThrow(/recordBytes .* from 1 to 57332, got 0/)
        expect(() => new StructOfArrays(14_334, 4)).toThrow(RangeError)
        expect(() => new StructOfArrays(1, 57_333)).toThrow(RangeError)
    })
})

describe.each([
    ["the board", StructOfArrays],
    ["Node", InNode],
])("StructOfArrays for %s alone", (_, StructOfArrays) => {
    test("keeps the values of a field side by side", () => {
        const records = new StructOfArrays(3, RECORD_BYTES)
        for (let i = 0; i < 3; i++) append(records, { id: i, table: 7 + i, balance: -1 })
        expect(records.column(TABLE)).toBe(9)
        expect([...records.buffer.subarray(9, 12)]).toEqual([7, 8, 9])
        records.fill(TABLE, 5)
        expect([...records.buffer.subarray(9, 12)]).toEqual([5, 5, 5])
        expect(records.get(2, ID)).toBe(2)
        expect(records.get(0, BALANCE)).toBe(-1)
    })
    test("reads and sums up each type of field, wherever it lies", () => {
        const types = [U8, I8, U16, I16, U24, I24, U32, I32]
        const cases = fc.record({
            type: fc.constantFrom(...types),
            offset: fc.nat(3),
            capacity: fc.integer({ min: 1, max: 5 }),
            bytes: fc.array(fc.nat(255), { minLength: 40, maxLength: 40 }),
        })
        fc.assert(
            fc.property(cases, ({ type, offset, capacity, bytes }) => {
                const records = new StructOfArrays(capacity, 8)
                records.buffer.set(bytes.slice(0, 8 * capacity))
                const field = type + offset * AT
                const width = type & 7
                const start = offset * capacity
                let sum = 0
                for (let i = 0; i < capacity; i++) {
                    records.push()
                    const at = start + i * width
                    const value =
                        type & 8
                            ? records.buffer.readIntLE(at, width)
                            : records.buffer.readUIntLE(at, width)
                    expect(records.get(i, field)).toBe(value)
                    sum += value
                    expect(records.sum(field)).toBe(sum)
                }
                for (const none of [0, 5, 8, 13, 0.5])
                    expect(() => records.get(0, none)).toThrow(/field must be/)
            }),
        )
    })
})
