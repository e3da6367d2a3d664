import fc from "fast-check"
import { createColors } from "picocolors"
import stringWidth from "string-width"
import { describe, expect, it } from "vitest"
import { BLOCK_TYPES, type HeapBlock } from "../../../../../host/model/heap/block"
import { heapBarLegend, renderHeapBar } from "../../../../../host/sinks/terminal/charts/heap-bar"
import { heapCells, largestFreeBlock } from "../../../../../host/model/heap/heap-cells"
import { HEAP_START, sampleBlocks } from "../sample-run"

const plain = (width: number) => ({ colors: createColors(false), width })

/** A heap of random blocks side by side, as the walker gives it. */
const heaps = fc
    .array(
        fc.record({
            words: fc.integer({ min: 2, max: 60 }),
            type: fc.constantFrom(...BLOCK_TYPES),
            live: fc.constantFrom(true, false, undefined),
        }),
        { minLength: 1, maxLength: 60 },
    )
    .map(parts => {
        let address = HEAP_START
        return parts.map(({ words, type, live }): HeapBlock => {
            const block = { address, bytes: words * 4, type, pinned: false }
            address += block.bytes
            return live === undefined ? block : { ...block, live }
        })
    })

const bytesOf = (blocks: HeapBlock[]): number => blocks.reduce((sum, b) => sum + b.bytes, 0)

describe("heapCells", () => {
    it("shows in each cell what fills most of it, counted byte by byte", () => {
        fc.assert(
            fc.property(heaps, fc.integer({ min: 1, max: 40 }), (blocks, bytesPerCell) => {
                const capacity = bytesOf(blocks)
                const count = Math.floor(capacity / bytesPerCell)
                fc.pre(count > 0 && capacity === count * bytesPerCell)
                const cells = heapCells(blocks, HEAP_START, capacity, count)
                const byByte = blocks.flatMap(block =>
                    new Array<string>(block.bytes).fill(
                        `${block.type} ${block.type !== "free" && block.live === false}`,
                    ),
                )
                for (const [i, cell] of cells.entries()) {
                    if (cell.isLargestFree) continue
                    const here = byByte.slice(i * bytesPerCell, (i + 1) * bytesPerCell)
                    const tally = new Map<string, number>()
                    for (const key of here) tally.set(key, (tally.get(key) ?? 0) + 1)
                    const shown = tally.get(`${cell.type} ${cell.isGarbage}`)
                    expect(shown).toBe(Math.max(...tally.values()))
                }
            }),
            { numRuns: 200 },
        )
    })

    it("always shows the largest free block, in cells that it touches, side by side", () => {
        fc.assert(
            fc.property(heaps, fc.integer({ min: 1, max: 100 }), (blocks, count) => {
                const capacity = bytesOf(blocks)
                const cells = heapCells(blocks, HEAP_START, capacity, count)
                expect(cells).toHaveLength(count)
                const marked = cells.flatMap((cell, i) => (cell.isLargestFree ? [i] : []))
                const hole = largestFreeBlock(blocks)
                expect(marked.length > 0).toBe(hole !== undefined)
                if (hole === undefined) return
                const cellBytes = capacity / count
                const start = hole.address - HEAP_START
                expect((marked[0]! + 1) * cellBytes).toBeGreaterThan(start)
                expect(marked.at(-1)! * cellBytes).toBeLessThan(start + hole.bytes)
                expect(marked.at(-1)! - marked[0]!).toBe(marked.length - 1)
            }),
        )
    })
})

describe("renderHeapBar", () => {
    it("draws types as letters, garbage in lower case, free as dots, the largest free block as a line", () => {
        const options = { heapStart: HEAP_START, capacityBytes: 65_524, rows: 2 }
        expect(renderHeapBar(sampleBlocks(), options, plain(32)).split("\n")).toEqual([
            "BBBBBBBBBBBBBBBBBBBBMMMMMMM····S",
            "SSSSSccccccccc───────────AAAAAAA",
        ])
    })

    it("fills every line exactly, with and without colour", () => {
        const sizes = fc.record({
            width: fc.integer({ min: 1, max: 150 }),
            rows: fc.integer({ min: 1, max: 4 }),
            color: fc.boolean(),
        })
        fc.assert(
            fc.property(heaps, sizes, (blocks, { width, rows, color }) => {
                const options = { heapStart: HEAP_START, capacityBytes: bytesOf(blocks), rows }
                const style = { colors: createColors(color), width }
                const lines = renderHeapBar(blocks, options, style).split("\n")
                expect(lines.map(line => stringWidth(line))).toEqual(new Array(rows).fill(width))
            }),
        )
    })
})

describe("heapBarLegend", () => {
    it("names the kinds there are, garbage, and the largest free block with its place", () => {
        const legend = heapBarLegend(sampleBlocks(), HEAP_START, plain(200))
        expect(legend).toBe(
            "B fields, elements   A arrays   M objects   S texts   C call frames   abc garbage   · free   " +
                "─ largest free block: 11,000 B at +0xb798",
        )
    })

    it("speaks of no garbage and no hole where there is none", () => {
        const blocks = sampleBlocks().slice(0, 2)
        expect(heapBarLegend(blocks, HEAP_START, plain(200))).toBe(
            "B fields, elements   M objects   · free",
        )
    })
})
