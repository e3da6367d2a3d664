import fc from "fast-check"
import { expect, test } from "vitest"
import type { HeapBlock } from "../../../host/model/heap/block"
import { HeapMap, HeapMapDiffer } from "../../../host/model/heap/heap-map"

const START = 0x1000
const CAPACITY = 256

/** Blocks that fill the heap. */
const heap = fc
    .array(
        fc.record({
            bytes: fc.integer({ min: 1, max: 16 }).map(words => words * 4),
            type: fc.constantFrom("free", "array", "string", "activation"),
            live: fc.boolean(),
        }),
        { maxLength: 64 },
    )
    .map(list => {
        const blocks: HeapBlock[] = []
        let address = START
        const end = START + CAPACITY
        for (const { bytes, type, live } of [
            ...list,
            { bytes: CAPACITY, type: "free", live: false },
        ]) {
            const size = Math.min(bytes, end - address)
            if (size === 0) break
            const isLive = type !== "free" && live
            blocks.push({
                ...{ address, bytes: size, pinned: false, live: isLive },
                type: type as HeapBlock["type"],
            })
            address += size
        }
        return blocks
    })

test("a map put together from its differences is the heap at every moment", () => {
    fc.assert(
        fc.property(fc.array(heap, { minLength: 1, maxLength: 10 }), heaps => {
            const differ = new HeapMapDiffer()
            const map = new HeapMap()
            heaps.forEach((blocks, atMs) => {
                const event = differ.diff(atMs, blocks)
                expect(event.whole).toBe(atMs === 0)
                map.add(JSON.parse(JSON.stringify(event)) as typeof event)
                expect(map.blocks).toEqual(
                    blocks.map(block => ({ ...block, address: block.address - START })),
                )
                expect(map.capacityBytes).toBe(CAPACITY)
            })
            expect(differ.diff(99, heaps.at(-1)!).changes).toEqual([])
        }),
    )
})
