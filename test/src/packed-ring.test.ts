import * as fc from "fast-check"
import { expect, test } from "vitest"
import { readField, U16, writeField } from "../../src/byte-fields"
import {
    packedRing,
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
} from "../../src/packed-ring"

const operations = fc.array(
    fc.record({
        op: fc.constantFrom("push", "push", "over", "shift", "drop", "reserve", "clear"),
        value: fc.nat(0xffff_ffff),
    }),
    { maxLength: 80 },
)

test("a packed ring behaves like an array that turns away what does not fit", () => {
    fc.assert(
        fc.property(
            fc.integer({ min: 1, max: 6 }),
            fc.integer({ min: 1, max: 4 }),
            operations,
            (capacity, width, steps) => {
                const ring = packedRing(capacity, width)
                const model: number[] = []
                let [refused, most] = [0, 0]
                for (const { op, value: seed } of steps) {
                    const value = seed % 256 ** width
                    const full = model.length === capacity
                    if (op === "push") {
                        expect(ringPush(ring, value)).toBe(!full)
                        if (full) refused++
                        else model.push(value)
                    } else if (op === "over") {
                        ringOverwrite(ring, value)
                        model.push(value)
                        if (full) {
                            model.shift()
                            refused++
                        }
                    } else if (op === "shift") expect(ringShift(ring)).toBe(model.shift())
                    else if (op === "drop") expect(ringDrop(ring)).toBe(model.shift() !== undefined)
                    else if (op === "reserve") {
                        // What is written there counts when it is committed.
                        const start = ringReserve(ring)
                        if (full) {
                            expect(start).toBeUndefined()
                            refused++
                        } else {
                            writeField(ring, start!, width, value)
                            expect(ringLength(ring)).toBe(model.length)
                            expect(ringCommit(ring)).toBe(true)
                            model.push(value)
                        }
                    } else {
                        ringClear(ring)
                        model.length = 0
                    }
                    most = Math.max(most, model.length)
                    expect(model.map((_, i) => ringGet(ring, i))).toEqual(model)
                    const oldest = ringPeek(ring)
                    if (oldest === undefined) expect(model).toEqual([])
                    else expect(oldest).toBe(ringStart(ring, 0))
                    expect(ringStats(ring)).toEqual({
                        capacity,
                        length: model.length,
                        highWaterMark: most,
                        refused,
                    })
                }
            },
        ),
    )
})

test("records of any size go round", () => {
    const ring = packedRing(3, 10)
    for (let i = 0; i < 10; i++) {
        const start = ringReserve(ring)
        if (start === undefined) throw new Error("full")
        writeField(ring, start, U16, 1000 + i)
        ringCommit(ring)
        if (ringLength(ring) < 3) continue
        expect(readField(ring, ringPeek(ring)!, U16)).toBe(1000 + i - 2)
        ringDrop(ring)
    }
    expect(ring.length).toBe(9 + 30)
    expect(ringCapacity(ring)).toBe(3)
    expect(() => ringPush(ring, 1)).toThrow(
        new RangeError("elementBytes must be an integer from 1 to 4, got 10"),
    )
})
