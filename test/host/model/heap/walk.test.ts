import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { BLOCK_TYPES } from "../../../../host/model/heap/block"
import { HeapError, type HeapMemory } from "../../../../host/model/heap/heap-memory"
import { fragmentation, heapStats, statsByType } from "../../../../host/model/heap/stats"
import { listBlocks, walkHeap } from "../../../../host/model/heap/walk"
import { modelBlock, writeHeap } from "./random-heap"

const blocks = fc.array(modelBlock, { minLength: 1, maxLength: 80 })

test("walks exactly the blocks that were written", () => {
    fc.assert(
        fc.property(blocks, model => {
            const heap = writeHeap(model)
            let address = heap.start
            const expected = model.map(({ type, pinned, words }) => {
                const block = {
                    address,
                    bytes: words * 4,
                    type: BLOCK_TYPES[type]!,
                    pinned: pinned && type !== 1,
                }
                address += words * 4
                return block
            })
            expect(listBlocks(heap)).toEqual(expected)
        }),
    )
})

test("the figures add up", () => {
    fc.assert(
        fc.property(blocks, model => {
            const heap = writeHeap(model)
            const stats = heapStats(heap)
            const holes = model.filter(({ type }) => type === 1).map(({ words }) => words * 4)
            expect(stats.usedBytes + stats.freeBytes).toBe(stats.capacityBytes)
            expect(stats.freeBytes).toBe(holes.reduce((sum, bytes) => sum + bytes, 0))
            expect(stats.largestFreeBytes).toBe(Math.max(0, ...holes))
            expect(stats.blocks).toBe(model.length)
            const byType = Object.values(statsByType(heap))
            expect(byType.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(stats.usedBytes)
            expect(fragmentation(stats)).toBeGreaterThanOrEqual(0)
            expect(fragmentation(stats)).toBeLessThan(1)
        }),
    )
})

/** Watches every read: one outside the heap's words fails the test. */
function guarded(heap: HeapMemory): HeapMemory {
    const first = (heap.start - heap.origin) >>> 2
    const last = (heap.end - heap.origin) >>> 2
    const words = new Proxy(heap.words, {
        get(target, key) {
            if (typeof key === "string" && /^-?\d+$/.test(key)) {
                const index = Number(key)
                if (index < first || index > last)
                    throw new Error(`read outside the heap at ${key}`)
            }
            const value = Reflect.get(target, key, target) as unknown
            return typeof value === "function" ? value.bind(target) : value
        },
    })
    return { ...heap, words }
}

describe("on memory that is no heap", () => {
    const walk = (heap: HeapMemory) => walkHeap(guarded(heap), () => undefined)

    test("one wrong header anywhere is found, and nothing outside is read", () => {
        const corruption = fc.tuple(blocks, fc.nat(), fc.integer({ min: 0, max: 0xffffffff }))
        fc.assert(
            fc.property(corruption, ([model, pick, value]) => {
                const heap = writeHeap(model)
                const headers = listBlocks(heap).map(block => (block.address - heap.origin) >>> 2)
                const at = headers[pick % headers.length]!
                const size = value & 0xffffff
                const before = heap.words[at]!
                heap.words[at] = value
                // Only a header with a possible tag that leads onto another header can go unnoticed.
                const lands = [...headers, (heap.end - heap.origin) >>> 2].includes(at + size)
                const tag = value >>> 24
                const known =
                    tag === 1 || ((tag & 0xf) > 1 && (tag & 0xf) < 14 && (tag & 0xb0) === 0)
                if (value === before || (lands && known && size >= 2)) return
                // It may also land inside a block on bytes that read as blocks up to the end: the
                // filler 0x37373737 has a tag no block has, so it cannot.
                expect(() => walk(heap)).toThrow(HeapError)
            }),
            { numRuns: 2000 },
        )
    })

    test("random memory never hangs, never reads outside, and errs", () => {
        const memory = fc.uint32Array({ minLength: 4, maxLength: 400 })
        fc.assert(
            fc.property(memory, words => {
                words[words.length - 1] = 0
                const heap = { words, origin: 0, start: 4, end: (words.length - 1) * 4 }
                expect(() => walk(heap)).toThrow(HeapError)
            }),
            { numRuns: 2000 },
        )
    })

    test("random memory with a true end marker still never hangs", () => {
        const memory = fc.uint32Array({ minLength: 4, maxLength: 400 })
        fc.assert(
            fc.property(memory, words => {
                words[words.length - 1] = 0x4f000001
                const heap = { words, origin: 0, start: 4, end: (words.length - 1) * 4 }
                let walked = 0
                try {
                    walkHeap(guarded(heap), (_address, bytes) => (walked += bytes))
                    expect(walked).toBe(heap.end - heap.start)
                } catch (error) {
                    expect(error).toBeInstanceOf(HeapError)
                }
            }),
            { numRuns: 2000 },
        )
    })

    test.each([
        ["backwards", 64, 32],
        ["outside", 0, 4096],
        ["negative", -8, 32],
        ["odd", 2, 64],
        ["not a number", NaN, 64],
        ["empty", 16, 16],
    ])("bounds that are %s are refused", (_name, start, end) => {
        const heap = { words: new Uint32Array(32), origin: 0, start, end }
        expect(() => heapStats(heap)).toThrow(HeapError)
    })
})
