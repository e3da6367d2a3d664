import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { PackedArray as InNode } from "../../src/node/packed-array"
import { PackedArray as OnBoard } from "../../src/packed-array"

const CAPACITY = 12

function valuesOf(array: OnBoard): number[] {
    const values: number[] = []
    array.sliceInto(values)
    return values
}

/** An operation: how it changes our array and how it changes a plain one, with equal results. */
type Operation = (ours: OnBoard, plain: number[]) => void

function operations(bits: number): fc.Arbitrary<Operation> {
    const value = fc.oneof(fc.nat(3), fc.nat(0xffffffff)).map(value => value % 2 ** bits)
    const index = fc.nat(CAPACITY - 1)
    return fc.oneof(
        value.map((value): Operation => (ours, plain) => {
            const taken = plain.length < CAPACITY
            expect(ours.push(value)).toBe(taken)
            if (taken) plain.push(value)
        }),
        fc.tuple(index, value).map(([at, value]): Operation => (ours, plain) => {
            if (at > plain.length) return
            const taken = plain.length < CAPACITY
            expect(ours.insert(at, value)).toBe(taken)
            if (taken) plain.splice(at, 0, value)
        }),
        fc.tuple(index, value).map(([at, value]): Operation => (ours, plain) => {
            if (at >= plain.length) return expect(() => ours.set(at, value)).toThrow(RangeError)
            ours.set(at, value)
            plain[at] = value
        }),
        index.map((at): Operation => (ours, plain) => {
            if (at >= plain.length) return expect(() => ours.remove(at)).toThrow(RangeError)
            expect(ours.remove(at)).toBe(plain.splice(at, 1)[0])
        }),
        index.map((at): Operation => (ours, plain) => {
            if (at >= plain.length) return expect(() => ours.swapRemove(at)).toThrow(RangeError)
            const removed = plain[at]
            const last = plain.pop() as number
            if (at < plain.length) plain[at] = last
            expect(ours.swapRemove(at)).toBe(removed)
        }),
        fc.tuple(index, index).map(([from, to]): Operation => (ours, plain) => {
            if (Math.max(from, to) >= plain.length)
                return expect(() => ours.move(from, to)).toThrow(RangeError)
            ours.move(from, to)
            plain.splice(to, 0, ...plain.splice(from, 1))
        }),
        fc.tuple(index, index, index).map(([target, start, end]): Operation => (ours, plain) => {
            if (start > end || target + end - start > plain.length || end > plain.length) return
            ours.copyWithin(target, start, end)
            plain.copyWithin(target, start, end)
        }),
        fc.tuple(value, index, index).map(([value, start, end]): Operation => (ours, plain) => {
            if (end > plain.length || start > end)
                return expect(() => ours.fill(value, start, end)).toThrow(RangeError)
            ours.fill(value, start, end)
            plain.fill(value, start, end)
        }),
        index.map((length): Operation => (ours, plain) => {
            if (length > plain.length)
                return expect(() => ours.truncate(length)).toThrow(RangeError)
            ours.truncate(length)
            plain.length = length
        }),
        fc.constant<Operation>((ours, plain) => expect(ours.pop()).toBe(plain.pop())),
        fc.constant<Operation>((ours, plain) => {
            ours.sort()
            plain.sort((a, b) => a - b)
        }),
        fc.constant<Operation>((ours, plain) => {
            ours.sort((a, b) => (b % 4) - (a % 4))
            plain.sort((a, b) => (b % 4) - (a % 4))
        }),
        fc.constant<Operation>((ours, plain) => {
            ours.reverse()
            plain.reverse()
        }),
        fc.constant<Operation>((ours, plain) => {
            ours.clear()
            plain.length = 0
        }),
    )
}

describe.each([
    ["the board", OnBoard],
    ["Node", InNode],
])("PackedArray for %s", (_, PackedArray) => {
    test("does what a plain array does, at any width", () => {
        const run = fc.integer({ min: 1, max: 32 }).chain(bits =>
            fc.record({
                bits: fc.constant(bits),
                run: fc.array(operations(bits), { size: "medium" }),
            }),
        )
        fc.assert(
            fc.property(run, ({ bits, run }) => {
                const ours = new PackedArray(CAPACITY, bits)
                const plain: number[] = []
                let highWaterMark = 0
                for (const operation of run) {
                    operation(ours, plain)
                    highWaterMark = Math.max(highWaterMark, plain.length)
                    expect(valuesOf(ours)).toEqual(plain)
                    expect(ours.length).toBe(plain.length)
                    expect(ours.available()).toBe(CAPACITY - plain.length)
                    expect(ours.isEmpty()).toBe(plain.length === 0)
                    expect(ours.isFull()).toBe(plain.length === CAPACITY)
                    expect(ours.highWaterMark).toBe(highWaterMark)
                }
            }),
        )
    })

    test("finds and folds what a plain array finds and folds", () => {
        const cases = fc.constantFrom(3, 8, 16, 24, 32).chain(bits =>
            fc.record({
                bits: fc.constant(bits),
                values: fc.array(
                    fc.oneof(fc.nat(7), fc.nat(2 ** bits - 1)).map(value => value % 2 ** bits),
                    { maxLength: 30 },
                ),
                wanted: fc.oneof(fc.nat(7), fc.nat(2 ** bits - 1)),
                from: fc.nat(30),
            }),
        )
        fc.assert(
            fc.property(cases, ({ bits, values, wanted, from: seed }) => {
                const from = seed % (values.length + 1)
                const ours = new PackedArray(30, bits)
                for (const value of values) ours.push(value)
                const small = (value: number, index: number) => (value + index) % 3 === 0

                expect(ours.indexOf(wanted)).toBe(values.indexOf(wanted))
                expect(ours.indexOf(wanted, from)).toBe(values.indexOf(wanted, from))
                expect(ours.lastIndexOf(wanted)).toBe(values.lastIndexOf(wanted))
                expect(ours.includes(wanted)).toBe(values.includes(wanted))
                expect(ours.some(small)).toBe(values.some(small))
                expect(ours.every(small)).toBe(values.every(small))
                expect(ours.find(small)).toBe(values.find(small))
                expect(ours.findIndex(small)).toBe(values.findIndex(small))
                expect(ours.reduce((sum, value, index) => sum * 3 + value + index, 1)).toBe(
                    values.reduce((sum, value, index) => sum * 3 + value + index, 1),
                )
                const seen: number[] = []
                ours.forEach((value, index) => seen.push(value, index))
                expect(seen).toEqual(values.flatMap((value, index) => [value, index]))

                const mapped: number[] = []
                ours.mapInto(mapped, (value, index) => value - index)
                expect(mapped).toEqual(values.map((value, index) => value - index))
                const filtered = new PackedArray(30, bits)
                ours.filterInto(filtered, small)
                expect(valuesOf(filtered)).toEqual(values.filter(small))
            }),
        )
    })

    test("begins with values, and takes all of several or none", () => {
        const array = new PackedArray(6, 12)
        array.resize(4, 7)
        expect(valuesOf(array)).toEqual([7, 7, 7, 7])
        expect(array.pushAll([1, 2])).toBe(true)
        expect(array.pushAll([3])).toBe(false)
        array.resize(5)
        expect(() => array.pushAll([9, 4096])).toThrow(RangeError)
        expect(valuesOf(array)).toEqual([7, 7, 7, 7, 1])
        expect([array.newest(), array.refused, array.highWaterMark]).toEqual([1, 1, 6])
        expect(() => array.resize(7)).toThrow(RangeError)
        expect(() => array.resize(6, 4096)).toThrow(RangeError)
    })

    test("takes three bytes for each order", () => {
        const orders = new PackedArray(1000, 24)
        for (let order = 0; order < 1000; order++) expect(orders.push(0xffffff - order)).toBe(true)
        expect(orders["buffer"].length).toBe(3000)
        expect(orders.get(999)).toBe(0xffffff - 999)
    })

    test("what is forgotten is not found", () => {
        const array = new PackedArray(4, 16)
        for (const value of [1, 2, 3]) array.push(value)
        array.truncate(1)
        expect(array.indexOf(3)).toBe(-1)
        expect(array.pop()).toBe(1)
        expect(array.pop()).toBeUndefined()
    })

    test("a full array refuses and counts", () => {
        const array = new PackedArray(2, 8)
        for (const value of [1, 2, 3, 4]) array.push(value)
        expect(array.insert(0, 9)).toBe(false)
        const into = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 }
        expect(array.stats(into)).toBe(into)
        expect(into).toEqual({ capacity: 2, length: 2, highWaterMark: 2, refused: 3 })
        array.clear()
        expect(array.stats()).toEqual({ capacity: 2, length: 0, highWaterMark: 2, refused: 3 })
    })

    test("values that do not fit are refused at every width", () => {
        for (let bits = 1; bits <= 32; bits++) {
            const array = new PackedArray(3, bits)
            array.push(0)
            for (const value of [2 ** bits, -1, 0.5, NaN]) {
                expect(() => array.push(value)).toThrow(
                    new RangeError(
                        `value must be an integer from 0 to ${2 ** bits - 1}, got ${value}`,
                    ),
                )
                expect(() => array.set(0, value)).toThrow(RangeError)
                expect(() => array.insert(0, value)).toThrow(RangeError)
            }
            expect(() => array.push("1" as unknown as number)).toThrow(TypeError)
            expect(valuesOf(array)).toEqual([0])
        }
    })

    test("wrong arguments are refused by name", () => {
        expect(() => new PackedArray(0, 8)).toThrow(/capacity .* from 1 to 57332, got 0/)
        expect(() => new PackedArray(19_111, 24)).toThrow(/capacity .* from 1 to 19110/)
        expect(() => new PackedArray(1, 33)).toThrow(/bits .* from 1 to 32, got 33/)
        expect(() => new PackedArray(1, 0)).toThrow(RangeError)
        expect(() => new PackedArray("1" as unknown as number, 8)).toThrow(TypeError)
        const array = new PackedArray(4, 24)
        array.push(1)
        for (const index of [1, -1, 0.5, NaN]) {
            expect(() => array.get(index)).toThrow(/index .* below the length 1/)
            expect(() => array.set(index, 0)).toThrow(RangeError)
            expect(() => array.move(0, index)).toThrow(RangeError)
        }
        expect(() => array.insert(2, 0)).toThrow(RangeError)
    })
})
