import * as fc from "fast-check"
import { expect, test } from "vitest"
import { Arena } from "../../src/arena"

test("an arena hands out aligned places that do not overlap, and takes them back to a mark", () => {
    const steps = fc.array(
        fc.record({
            op: fc.constantFrom("allocate", "allocate", "allocate", "mark", "reset", "clear"),
            bytes: fc.integer({ min: 1, max: 40 }),
            align: fc.constantFrom(1, 2, 4, 8, 16, 32, 64),
        }),
        { maxLength: 60 },
    )
    fc.assert(
        fc.property(fc.integer({ min: 1, max: 200 }), steps, (capacity, ops) => {
            const arena = new Arena(capacity)
            const taken: { start: number; bytes: number }[] = []
            const marks: { mark: number; taken: number }[] = []
            let refused = 0
            let most = 0
            for (const { op, bytes, align } of ops) {
                const end = taken.reduce((_, { start, bytes }) => start + bytes, 0)
                if (op === "allocate") {
                    const start = arena.allocate(bytes, align)
                    const expected = Math.ceil(end / align) * align
                    if (expected + bytes > capacity) {
                        expect(start).toBeUndefined()
                        refused++
                    } else {
                        expect(start).toBe(expected)
                        taken.push({ start: expected, bytes })
                        most = Math.max(most, expected + bytes)
                    }
                } else if (op === "mark") marks.push({ mark: arena.length, taken: taken.length })
                else if (op === "clear") {
                    arena.clear()
                    taken.length = marks.length = 0
                } else {
                    const back = marks.pop()
                    arena.reset(back?.mark)
                    taken.length = back?.taken ?? 0
                    if (!back) marks.length = 0
                }
                const length = taken.reduce((_, { start, bytes }) => start + bytes, 0)
                expect(arena.stats()).toEqual({ capacity, length, highWaterMark: most, refused })
                expect(arena.available()).toBe(capacity - length)
                expect(arena.isEmpty()).toBe(length === 0)
                expect(arena.isFull()).toBe(length === capacity)
            }
        }),
    )
})

test("wrong use names the argument and its range", () => {
    expect(() => new Arena(0)).toThrow("capacity must be an integer from 1 to 57332, got 0")
    expect(() => new Arena(57_333)).toThrow(RangeError)
    const arena = new Arena(10)
    expect(() => arena.allocate(0)).toThrow("bytes must be an integer from 1 to 57332, got 0")
    expect(() => arena.allocate(1.5)).toThrow(RangeError)
    expect(() => arena.allocate("1" as unknown as number)).toThrow(TypeError)
    expect(() => arena.allocate(1, 3)).toThrow("align must be a power of two from 1 to 64, got 3")
    expect(() => arena.allocate(1, 128)).toThrow(RangeError)
    arena.allocate(4)
    expect(() => arena.reset(5)).toThrow("mark must be an integer from 0 to 4, got 5")
    expect(() => arena.reset(-1)).toThrow(RangeError)
})
