import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { BitSet } from "../../src/bit-set"

function valuesOf(set: BitSet): number[] {
    const values: number[] = []
    set.forEach(value => values.push(value))
    return values
}

function bitSetOf(capacity: number, values: Iterable<number>): BitSet {
    const set = new BitSet(capacity)
    for (const value of values) set.add(value)
    return set
}

/** A capacity that is and is not a whole number of bytes, and two sets of its values. */
const TWO_SETS = fc.constantFrom(1, 7, 8, 9, 40, 41).chain(capacity => {
    const values = fc.uniqueArray(fc.nat(capacity - 1)).map(values => new Set(values))
    return fc.record({ capacity: fc.constant(capacity), a: values, b: values })
})

describe("BitSet", () => {
    test("does what a Set does", () => {
        const operation = fc.record({
            value: fc.nat(20),
            kind: fc.constantFrom("add", "delete", "toggle", "clear"),
        })
        fc.assert(
            fc.property(fc.array(operation), operations => {
                const ours = new BitSet(21)
                const model = new Set<number>()
                let highWaterMark = 0
                for (const { value, kind } of operations) {
                    const known = model.has(value)
                    expect(ours.has(value)).toBe(known)
                    if (kind === "add") expect(ours.add(value)).toBe(!known)
                    if (kind === "delete") expect(ours.delete(value)).toBe(known)
                    if (kind === "toggle") expect(ours.toggle(value)).toBe(!known)
                    if (kind === "clear") ours.clear()

                    if (kind === "clear") model.clear()
                    else if (kind === "add" || (kind === "toggle" && !known)) model.add(value)
                    else model.delete(value)

                    highWaterMark = Math.max(highWaterMark, model.size)
                    expect(valuesOf(ours)).toEqual([...model].sort((a, b) => a - b))
                    expect(ours.stats()).toEqual({
                        capacity: 21,
                        length: model.size,
                        highWaterMark,
                        refused: 0,
                    })
                    expect(ours.available()).toBe(21 - model.size)
                    expect(ours.isEmpty()).toBe(model.size === 0)
                }
            }),
        )
    })

    test("set algebra in place does what it does on Sets", () => {
        fc.assert(
            fc.property(TWO_SETS, ({ capacity, a, b }) => {
                const inB = bitSetOf(capacity, b)
                const after = (change: (set: BitSet) => void) => {
                    const set = bitSetOf(capacity, a)
                    change(set)
                    const values = valuesOf(set)
                    expect(set.length).toBe(values.length)
                    expect(set.highWaterMark).toBe(Math.max(a.size, values.length))
                    return values
                }
                const all = Array.from({ length: capacity }, (_, value) => value)
                expect(after(set => set.addAll(inB))).toEqual(
                    all.filter(value => a.has(value) || b.has(value)),
                )
                expect(after(set => set.deleteAll(inB))).toEqual(
                    all.filter(value => a.has(value) && !b.has(value)),
                )
                expect(after(set => set.retainAll(inB))).toEqual(
                    all.filter(value => a.has(value) && b.has(value)),
                )
                expect(after(set => set.toggleAll(inB))).toEqual(
                    all.filter(value => a.has(value) !== b.has(value)),
                )
                const inA = bitSetOf(capacity, a)
                expect(inA.isSubsetOf(inB)).toBe([...a].every(value => b.has(value)))
                expect(inA.intersects(inB)).toBe([...a].some(value => b.has(value)))
                expect(valuesOf(inB)).toEqual([...b].sort((x, y) => x - y))
            }),
        )
    })

    test("finds the next value and the first missing one", () => {
        fc.assert(
            fc.property(TWO_SETS, fc.nat(50), ({ capacity, a }, seed) => {
                const from = seed % (capacity + 1)
                const set = bitSetOf(capacity, a)
                const sorted = [...a].sort((x, y) => x - y)
                expect(set.next(from)).toBe(sorted.find(value => value >= from) ?? -1)
                const missing = Array.from({ length: capacity }, (_, value) => value)
                expect(set.firstMissing()).toBe(missing.find(value => !a.has(value)) ?? -1)
            }),
        )
    })

    test("a full set is full and takes a bit for each value", () => {
        const set = bitSetOf(17, Array(17).keys())
        expect(set.isFull()).toBe(true)
        expect(set.add(16)).toBe(false)
        expect(set.firstMissing()).toBe(-1)
        expect(set["buffer"]).toEqual(Buffer.from([0xff, 0xff, 1]))
    })

    test("wrong use is refused by name", () => {
        const set = new BitSet(10)
        for (const value of [10, -1, 0.5, NaN]) {
            const error = new RangeError(`value must be an integer from 0 to 9, got ${value}`)
            expect(() => set.has(value)).toThrow(error)
            expect(() => set.add(value)).toThrow(error)
            expect(() => set.delete(value)).toThrow(error)
            expect(() => set.toggle(value)).toThrow(error)
        }
        expect(() => set.add("1" as unknown as number)).toThrow(TypeError)
        expect(() => set.addAll(new BitSet(11))).toThrow(
            new RangeError("other must have the same capacity 10, but has 11"),
        )
        expect(() => set.isSubsetOf(new BitSet(9))).toThrow(RangeError)
        expect(() => new BitSet(0)).toThrow(/capacity .* from 1 to 458656, got 0/)
        expect(() => new BitSet(458_657)).toThrow(RangeError)
        expect(set.isEmpty()).toBe(true)
    })
})
