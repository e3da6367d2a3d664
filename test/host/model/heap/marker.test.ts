import fc from "fast-check"
import { expect, test } from "vitest"
import { HeapError } from "../../../../host/model/heap/heap-memory"
import { HeapMarker } from "../../../../host/model/heap/marker"
import { heapStats } from "../../../../host/model/heap/stats"
import { modelBlock, writeHeap } from "./random-heap"

test("without a program only pinned blocks are live", () => {
    const plain = modelBlock.filter(({ type }) => [1, 2, 6, 12].includes(type))
    fc.assert(
        fc.property(fc.array(plain, { minLength: 1, maxLength: 60 }), model => {
            const heap = writeHeap(model)
            const pinned = model.filter(({ type, pinned }) => pinned && type !== 1)
            const bytes = pinned.reduce((sum, { words }) => sum + words * 4, 0)
            expect(new HeapMarker(heap).mark(0)).toBe(bytes)

            const found: number[] = []
            heapStats(heap, found)
            expect(found).toHaveLength(pinned.length)
            expect(new HeapMarker(heap).mark(0, found)).toBe(bytes)
        }),
    )
})

test("on corrupted memory marking ends, with a number in range or an error", () => {
    const input = fc.tuple(
        fc.array(modelBlock, { minLength: 1, maxLength: 60 }),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 0xffffffff })), { maxLength: 40 }),
        fc.integer({ min: 0, max: 4000 }),
    )
    fc.assert(
        fc.property(input, ([model, changes, ctx]) => {
            const heap = writeHeap(model, 0, 120, 40)
            for (const [pick, value] of changes) {
                // Half of the values point into the heap, where they can do harm.
                const address = heap.start + (value % ((heap.end - heap.start) >>> 2)) * 4
                heap.words[pick % heap.words.length] = pick & 1 ? address : value
            }
            try {
                const live = new HeapMarker(heap).mark(ctx & ~3)
                expect(live).toBeGreaterThanOrEqual(0)
                expect(live).toBeLessThanOrEqual(heap.end - heap.start)
            } catch (error) {
                expect(error).toBeInstanceOf(HeapError)
            }
        }),
        { numRuns: 3000 },
    )
})
