import * as fc from "fast-check"
import { expect, test } from "vitest"
import {
    freeCapacity,
    freeClear,
    freeForEach,
    freeGive,
    freeMap,
    freeStats,
    freeTake,
    freeTaken,
    FREE_START,
} from "../../src/free-map"

const operations = fc.array(
    fc.record({ op: fc.constantFrom("take", "take", "index", "give"), value: fc.nat(11) }),
    { maxLength: 60 },
)

test("a free map hands out the lowest slot that is free, and each once", () => {
    fc.assert(
        fc.property(fc.integer({ min: 1, max: 6 }), operations, (capacity, steps) => {
            const map = freeMap(capacity)
            const taken = new Set<number>()
            let [refused, most] = [0, 0]
            for (const { op, value } of steps) {
                if (op === "give") {
                    const slot = value % capacity
                    if (taken.delete(slot)) freeGive(map, slot)
                    else expect(() => freeGive(map, slot)).toThrow(/given back already/)
                    continue
                }
                const from = op === "take" ? value % capacity : 0
                const free = Array.from({ length: capacity }, (_, slot) => slot).find(
                    slot => slot >= from && !taken.has(slot),
                )
                if (op === "take") expect(freeTake(map, from)).toBe(free)
                else if (free !== undefined) {
                    expect(map.indexOf(0, FREE_START)).toBe(FREE_START + free)
                    map[FREE_START + free] = 1
                } else expect(map.indexOf(0, FREE_START)).toBe(-1)
                if (free !== undefined) taken.add(free)
                else if (op === "take") refused++
                if (free !== undefined) most = Math.max(most, free + 1)
                // What is taken by index is seen when somebody asks.
                expect(freeStats(map)).toEqual({
                    capacity,
                    length: taken.size,
                    highWaterMark: most,
                    refused,
                })
            }
            const seen: number[] = []
            freeForEach(map, slot => seen.push(slot))
            expect(seen).toEqual([...taken].sort((a, b) => a - b))
            expect([freeTaken(map), freeCapacity(map)]).toEqual([taken.size, capacity])
            freeClear(map)
            expect([freeTaken(map), freeStats(map).refused]).toEqual([0, refused])
        }),
    )
})

test("taken from the lowest on, the high-water mark is the most that were out at once", () => {
    fc.assert(
        fc.property(fc.array(fc.integer({ min: -1, max: 7 }), { maxLength: 60 }), steps => {
            const map = freeMap(8)
            let most = 0
            for (const step of steps) {
                if (step < 0) freeTake(map)
                else if (map[FREE_START + step] === 1) freeGive(map, step)
                most = Math.max(most, freeTaken(map))
            }
            expect(freeStats(map).highWaterMark).toBe(most)
        }),
    )
})
