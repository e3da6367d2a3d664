import fc from "fast-check"
import { expect, it } from "vitest"
import type { Allocated } from "../../../../../host/model/allocated"
import {
    flameTree,
    matchedValue,
    type FlameFrame,
} from "../../../../../host/page/panels/allocations/flame-tree"
import { costsByLine } from "../../../../../host/page/panels/allocations/line-costs"

const call = (name: string, line: number, library = false) => ({
    ...{ function: name, library },
    declared: { file: "a.ts", line: 10 * line },
    at: { file: library ? "lib.ts" : "a.ts", line },
})
const CALLS = [call("main", 1), call("step", 2), call("step", 3), call("push", 4, true)]

const allocated: fc.Arbitrary<Allocated> = fc
    .array(
        fc.record({
            calls: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }),
            type: fc.constantFrom("map" as const, "string" as const, "bytes" as const),
            bytes: fc.integer({ min: 0, max: 1000 }),
            allocations: fc.integer({ min: 1, max: 9 }),
            liveBytes: fc.integer({ min: 0, max: 500 }),
            liveBlocks: fc.integer({ min: 0, max: 9 }),
        }),
        { maxLength: 20 },
    )
    .map(paths => ({ sinceMs: 0, atMs: 1, calls: CALLS, paths }))

function* framesOf(frame: FlameFrame): Generator<FlameFrame> {
    yield frame
    for (const child of frame.children) yield* framesOf(child)
}

it("has every byte once, whatever the frames are, and none in a child that is not in its parent", () => {
    fc.assert(
        fc.property(
            allocated,
            fc.constantFrom("function" as const, "line" as const, "type" as const),
            fc.constantFrom("allocated" as const, "live" as const, "count" as const),
            (told, pivot, by) => {
                const figure = ({ bytes, liveBytes, allocations }: Allocated["paths"][number]) =>
                    ({ allocated: bytes, live: liveBytes, count: allocations })[by]
                const root = flameTree(told, pivot, by)
                expect(root.value).toBe(told.paths.reduce((sum, path) => sum + figure(path), 0))
                const keys = new Set<string>()
                for (const frame of framesOf(root)) {
                    expect(keys.has(frame.key)).toBe(false)
                    keys.add(frame.key)
                    const below = frame.children.reduce((sum, { value }) => sum + value, 0)
                    if (frame.children.length > 0) expect(below).toBeLessThanOrEqual(frame.value)
                }
                // A name that all frames below the root have, as every name holds the empty text.
                expect(matchedValue(root, "")).toBe(root.value)
                // What `main` was open for, from the paths themselves.
                const open = told.paths
                    .filter(({ calls }) => calls.includes(0))
                    .reduce((sum, path) => sum + figure(path), 0)
                expect(matchedValue(root, "main")).toBe(open)
            },
        ),
        { numRuns: 60 },
    )
})

it("charges a library's allocations to the line of the program that called it", () => {
    const [file] = costsByLine(
        {
            ...{ sinceMs: 0, atMs: 1, calls: CALLS },
            paths: [
                {
                    calls: [3, 1, 0],
                    type: "bytes",
                    bytes: 40,
                    allocations: 2,
                    liveBytes: 8,
                    liveBlocks: 1,
                },
                {
                    calls: [1, 0],
                    type: "map",
                    bytes: 16,
                    allocations: 1,
                    liveBytes: 0,
                    liveBlocks: 0,
                },
                { calls: [], type: "map", bytes: 99, allocations: 1, liveBytes: 0, liveBlocks: 0 },
            ],
        },
        "allocated",
    )
    expect(file).toEqual({
        file: "a.ts",
        total: { bytes: 56, allocations: 3, liveBytes: 8, liveBlocks: 1 },
        lines: new Map([[2, { bytes: 56, allocations: 3, liveBytes: 8, liveBlocks: 1 }]]),
    })
})
