import fc from "fast-check"
import { expect, it } from "vitest"
import { MapHistory } from "../../../../host/page/history/map-history"
import { BLOCK_TYPES, type HeapBlock } from "../../../../host/model/heap/block"
import { HeapMapDiffer } from "../../../../host/model/heap/heap-map"

const CAPACITY = 4096

/** A heap of blocks that fill it, as a walk has them. */
const heaps = fc
    .array(
        fc.record({
            bytes: fc.integer({ min: 2, max: 40 }).map(words => words * 4),
            type: fc.constantFrom(...BLOCK_TYPES),
            live: fc.boolean(),
        }),
        { minLength: 1, maxLength: 40 },
    )
    .map(parts => {
        const blocks: HeapBlock[] = []
        let address = 0
        for (const { bytes, type, live } of parts) {
            blocks.push({ address, bytes, type, pinned: false, live: live && type !== "free" })
            address += bytes
        }
        const rest = { address, bytes: CAPACITY - address, type: "free" } as const
        return [...blocks, { ...rest, pinned: false, live: false }]
    })
    .filter(blocks => blocks.at(-1)!.bytes > 0)

it("has the heap at each moment as it was told, however it is asked", () => {
    fc.assert(
        fc.property(
            fc.array(heaps, { minLength: 1, maxLength: 150 }),
            fc.array(fc.nat()),
            (told, asked) => {
                const history = new MapHistory()
                const differ = new HeapMapDiffer()
                told.forEach((blocks, at) => history.add(differ.diff(at * 10, blocks)))
                for (const ask of asked) {
                    const at = ask % told.length
                    expect(history.at(at * 10 + 9)).toEqual(told[at])
                }
                expect(history.now.blocks).toEqual(told.at(-1))
                expect(history.at(-1)).toEqual([])
            },
        ),
        { numRuns: 40 },
    )
})

it("lets go of the oldest when it is full, and has what it kept right", () => {
    fc.assert(
        fc.property(fc.array(heaps, { minLength: 130, maxLength: 200 }), told => {
            const history = new MapHistory(1500)
            const differ = new HeapMapDiffer()
            told.forEach((blocks, at) => history.add(differ.diff(at, blocks)))
            const from = history.fromMs!
            for (let at = from; at < told.length; at++) expect(history.at(at)).toEqual(told[at])
            expect(history.at(from - 1)).toEqual([])
        }),
        { numRuns: 10 },
    )
})

it("says since when a block has been there as all maps one after the other do", () => {
    fc.assert(
        fc.property(fc.array(heaps, { minLength: 1, maxLength: 90 }), fc.nat(), (told, ask) => {
            const history = new MapHistory()
            const differ = new HeapMapDiffer()
            told.forEach((blocks, at) => history.add(differ.diff(at, blocks)))
            const at = ask % told.length
            for (const { address, bytes, type } of told[at]!) {
                const isIn = (blocks: readonly HeapBlock[]) =>
                    blocks.some(b => b.address === address && b.bytes === bytes && b.type === type)
                let first = at
                while (first >= 0 && isIn(told[first]!)) first--
                const block = { address, bytes, type, pinned: false }
                expect(history.since(at, block)).toBe(first < 0 ? undefined : first + 1)
            }
        }),
        { numRuns: 40 },
    )
})

it("says since when a block has been what it is", () => {
    const history = new MapHistory()
    const differ = new HeapMapDiffer()
    const free = (bytes: number, address: number): HeapBlock => ({
        ...{ address, bytes, type: "free", pinned: false, live: false },
    })
    const array: HeapBlock = { address: 16, bytes: 32, type: "array", pinned: false, live: true }
    const text: HeapBlock = { ...array, address: 0, bytes: 16, type: "string" }
    history.add(differ.diff(0, [text, free(84, 16)]))
    history.add(differ.diff(10, [text, array, free(52, 48)]))
    history.add(differ.diff(20, [text, { ...array, live: false }, free(52, 48)]))
    expect(history.since(25, array)).toBe(10)
    expect(history.since(25, free(52, 48))).toBe(10)
    expect(history.since(25, text)).toBeUndefined()
})
