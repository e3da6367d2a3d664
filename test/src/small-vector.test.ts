import * as fc from "fast-check"
import { expect, test } from "vitest"
import {
    EMPTY_SMALL_VECTOR,
    SMALL_VECTOR_INLINE,
    SMALL_VECTOR_MAX,
    smallAt,
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
        value: fc.nat(255),
    }),
    { maxLength: 80 },
)

function values(vector: SmallVector): number[] {
    return Array.from({ length: smallLength(vector) }, (_, i) => smallAt(vector, i))
}

test("a small vector behaves like an array of bytes", () => {
    fc.assert(
        fc.property(operations, steps => {
            let vector: SmallVector = EMPTY_SMALL_VECTOR
            const model: number[] = []
            for (const { op, at, value } of steps) {
                const spilled = smallSpilled(vector)
                if (op === "push") {
                    vector = smallPush(vector, value)
                    model.push(value)
                } else if (op === "shrink") vector = smallShrink(vector)
                else if (model.length > 0 && op === "drop") {
                    vector = smallDrop(vector)
                    model.pop()
                } else if (model.length > 0) {
                    vector = smallSet(vector, at % model.length, value)
                    model[at % model.length] = value
                }
                expect(values(vector)).toEqual(model)
                if (model.length > SMALL_VECTOR_INLINE) expect(smallSpilled(vector)).toBe(true)
                else if (!spilled || op === "shrink") expect(typeof vector).toBe("number")
                expect(smallCapacity(vector)).toBeGreaterThanOrEqual(model.length)
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
        new RangeError("a small vector must have at most 255 values"),
    )
    expect(smallShrink(vector)).toBe(vector)
})

test("6 values of 255 still are a number held exactly", () => {
    let vector: SmallVector = EMPTY_SMALL_VECTOR
    for (let i = 0; i < 6; i++) vector = smallPush(vector, 255)
    expect(vector).toBe(2 ** 49 - 1)
    expect(values(vector)).toEqual([255, 255, 255, 255, 255, 255])
})

test("wrong use names the argument and its range", () => {
    for (const value of [-1, 256, 0.5, Number.NaN]) {
        const error = new RangeError(`value must be an integer from 0 to 255, got ${value}`)
        expect(() => smallPush(EMPTY_SMALL_VECTOR, value)).toThrow(error)
        expect(() => smallSet(smallPush(EMPTY_SMALL_VECTOR, 1), 0, value)).toThrow(error)
    }
    expect(() => smallPush(EMPTY_SMALL_VECTOR, "1" as unknown as number)).toThrow(TypeError)
    for (const index of [0, -1, 0.5])
        expect(() => smallAt(EMPTY_SMALL_VECTOR, index)).toThrow(RangeError)
    expect(() => smallDrop(EMPTY_SMALL_VECTOR)).toThrow(RangeError)
})
