import * as fc from "fast-check"
import { expect, test } from "vitest"
import {
    EMPTY_SMALL_VECTOR,
    INLINE,
    SMALL_BYTES,
    SMALL_VECTOR_MAX,
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
} from "../../src/small-vector"

const operations = fc.array(
    fc.record({
        op: fc.constantFrom("push", "push", "push", "drop", "set", "shrink"),
        at: fc.nat(40),
        value: fc.nat(0xffff_ffff),
    }),
    { maxLength: 80 },
)

function values(vector: SmallVector, kind = SMALL_BYTES): number[] {
    return Array.from({ length: smallLength(vector) }, (_, i) => smallGet(vector, i, kind))
}

/** Bits of a value, and values as a number. */
const kinds = fc
    .integer({ min: 1, max: 32 })
    .chain(bits =>
        fc.tuple(
            fc.constant(bits),
            fc.integer({ min: 1, max: Math.min(15, Math.floor(48 / bits)) }),
        ),
    )

test("a small vector behaves like an array of small integers, whatever their width", () => {
    fc.assert(
        fc.property(kinds, operations, ([bits, inline], steps) => {
            const kind = bits + inline * INLINE
            let vector: SmallVector = EMPTY_SMALL_VECTOR
            const model: number[] = []
            for (const { op, at, value: seed } of steps) {
                const value = (Math.imul(seed, 0x9e3779b1) >>> 0) % 2 ** bits
                const spilled = smallSpilled(vector)
                if (op === "push") {
                    vector = smallPush(vector, value, kind)
                    model.push(value)
                } else if (op === "shrink") vector = smallShrink(vector, kind)
                else if (model.length > 0 && op === "drop") {
                    vector = smallDrop(vector, kind)
                    model.pop()
                } else if (model.length > 0) {
                    vector = smallSet(vector, at % model.length, value, kind)
                    model[at % model.length] = value
                }
                expect(values(vector, kind)).toEqual(model)
                if (model.length > inline) expect(smallSpilled(vector)).toBe(true)
                else if (!spilled || op === "shrink") expect(typeof vector).toBe("number")
                expect(smallCapacity(vector, kind)).toBeGreaterThanOrEqual(model.length)
                if (typeof vector === "number" && bits * inline <= 28)
                    expect(vector).toBeLessThan(2 ** 32)
            }
        }),
    )
})

test("it spills with the 7th value, then doubles, and counts", () => {
    let vector: SmallVector = EMPTY_SMALL_VECTOR
    const spills: number[] = []
    for (let i = 0; i < SMALL_VECTOR_MAX; i++) {
        vector = smallPush(vector, i)
        if (smallSpills(vector) > spills.length) spills.push(i + 1)
    }
    expect(spills).toEqual([7, 13, 25, 49, 97, 193])
    expect(values(vector)).toEqual(Array.from({ length: 255 }, (_, i) => i))
    expect(smallCapacity(vector)).toBe(255)
    expect(() => smallPush(vector, 0)).toThrow(
        new RangeError("vector must have at most 255 values"),
    )
    expect(smallShrink(vector)).toBe(vector)
})

test("6 values of 255 still are a number held exactly", () => {
    let vector: SmallVector = EMPTY_SMALL_VECTOR
    for (let i = 0; i < 6; i++) vector = smallPush(vector, 255)
    expect(vector).toBe(2 ** 52 - 16 + 6)
    expect(values(vector)).toEqual([255, 255, 255, 255, 255, 255])
})

test("a kind of more than a number holds is refused", () => {
    for (const kind of [8, 8 + 7 * INLINE, 33 + INLINE, 4 + 13 * INLINE, 3 + 16 * INLINE, NaN])
        expect(() => smallPush(EMPTY_SMALL_VECTOR, 300, kind), `${kind}`).toThrow(RangeError)
    expect(() => smallCapacity(EMPTY_SMALL_VECTOR, 8 + 7 * INLINE)).toThrow(
        new RangeError("values of the kind must be an integer from 1 to 6, got 7"),
    )
})

test("wrong use names the argument and its range", () => {
    for (const value of [-1, 256, 0.5, Number.NaN]) {
        const error = new RangeError(`value must be an integer from 0 to 255, got ${value}`)
        expect(() => smallPush(EMPTY_SMALL_VECTOR, value)).toThrow(error)
        expect(() => smallSet(smallPush(EMPTY_SMALL_VECTOR, 1), 0, value)).toThrow(error)
    }
    expect(() => smallPush(EMPTY_SMALL_VECTOR, "1" as unknown as number)).toThrow(TypeError)
    for (const index of [0, -1, 0.5])
        expect(() => smallGet(EMPTY_SMALL_VECTOR, index)).toThrow(RangeError)
    expect(() => smallDrop(EMPTY_SMALL_VECTOR)).toThrow(RangeError)
})
