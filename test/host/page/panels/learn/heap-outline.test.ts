import fc from "fast-check"
import { expect, it } from "vitest"
import {
    areaOf,
    collectionsOf,
    HEIGHT,
    momentAt,
    scaleOf,
    WIDTH,
} from "../../../../../host/page/panels/learn/heap-outline"

const heap = [
    { atMs: 0, usedBytes: 40, liveBytes: 0, collections: 0 },
    { atMs: 1, usedBytes: 100, liveBytes: 60, collections: 0 },
    { atMs: 3, usedBytes: 50, liveBytes: 50, collections: 2 },
    { atMs: 4, usedBytes: 50, liveBytes: -10, collections: 2 },
]
const short = [{ atMs: 0, usedBytes: 25, liveBytes: 25, collections: 0 }]

it("draws all on the scale of the longest run and the most in use, in steps", () => {
    const scale = scaleOf([short, heap])
    expect(scale).toEqual({ ms: 4, bytes: 100 })
    const [width, height] = [WIDTH / 4, HEIGHT / 100]
    expect(areaOf(heap, "usedBytes", scale)).toBe(
        `M0 ${HEIGHT}H0V${60 * height}H${width}V0H${3 * width}V${50 * height}H${WIDTH}V${50 * height}V${HEIGHT}Z`,
    )
    // What is less than before the run does not leave the picture.
    expect(areaOf(heap, "liveBytes", scale)).toMatch(new RegExp(`H${WIDTH}V${HEIGHT}V${HEIGHT}Z$`))
})

it("knows the last moment at or before a time, and what was collected since the one before", () => {
    fc.assert(
        fc.property(fc.double({ min: 0, max: 10, noNaN: true }), ms => {
            const expected = heap.filter(({ atMs }) => atMs <= ms).at(-1)
            expect(momentAt(heap, ms)).toBe(expected)
        }),
    )
    expect(collectionsOf(heap)).toEqual([heap[2]])
    expect(collectionsOf(short)).toEqual([])
})
