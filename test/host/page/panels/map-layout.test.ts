import fc from "fast-check"
import { expect, it } from "vitest"
import type { HeapBlock } from "../../../../host/model/heap/block"
import { blockAt, rowBytes, runsOf } from "../../../../host/page/panels/map-layout"

const heap = fc
    .array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 50 })
    .map(words => {
        let address = 0
        return words.map((count): HeapBlock => {
            const block = { address, bytes: count * 4, type: "array", pinned: false } as const
            address += block.bytes
            return block
        })
    })

it("gives every byte of a block one place", () => {
    fc.assert(
        fc.property(heap, blocks => {
            const perRow = rowBytes(16_384)
            let next = 0
            for (const { block, row, from, to } of runsOf(blocks, perRow)) {
                expect(row * perRow + from).toBe(next)
                expect(from).toBeLessThan(to)
                expect(to).toBeLessThanOrEqual(perRow)
                expect(blockAt(blocks, next)).toBe(block)
                next = row * perRow + to
            }
            expect(blockAt(blocks, next)).toBeUndefined()
        }),
    )
})

it("has at most forty rows for any heap", () => {
    for (const capacity of [4, 1000, 16_384, 40_960, 65_524, 1 << 20]) {
        expect(Math.ceil(capacity / rowBytes(capacity))).toBeLessThanOrEqual(40)
    }
})
