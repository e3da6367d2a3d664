import fc from "fast-check"
import { expect, test } from "vitest"
import {
    changedFrames,
    framesOfParts,
    widthOf,
    type ChangedFrame,
} from "../../../../host/analysis/profile/changed-frames"
import type { Frame } from "../../../../host/analysis/profile/profile-frames"

const leaf = fc
    .record({
        name: fc.constantFrom("a", "b"),
        line: fc.integer({ min: 1, max: 9 }),
        value: fc.nat(99),
    })
    .map((one): Frame => ({ ...one, kind: "block", children: [] }))
const { frame } = fc.letrec<{ frame: Frame }>(tie => ({
    frame: fc
        .record({
            name: fc.constantFrom("main", "take", "drop"),
            line: fc.integer({ min: 1, max: 9 }),
            children: fc.array(fc.oneof({ maxDepth: 3 }, leaf, tie("frame")), { maxLength: 4 }),
        })
        .map(one => ({
            ...one,
            kind: "program" as const,
            value: one.children.reduce((sum, { value }) => sum + value, 0),
        })),
}))

function everywhere(frame: ChangedFrame, hold: (frame: ChangedFrame) => void): void {
    hold(frame)
    for (const child of frame.children) everywhere(child, hold)
}

test("of two profiles every frame is what its children are, before and now", () => {
    fc.assert(
        fc.property(frame, frame, (before, after) => {
            const both = changedFrames(before, after)
            expect(both).toMatchObject({ before: before.value, after: after.value })
            everywhere(both, ({ children, ...frame }) => {
                if (children.length === 0) return
                for (const side of ["before", "after"] as const)
                    expect(children.reduce((sum, child) => sum + child[side], 0)).toBe(frame[side])
                expect(widthOf({ children, ...frame })).toBeGreaterThanOrEqual(
                    Math.max(frame.before, frame.after),
                )
            })
        }),
        { numRuns: 100 },
    )
})

test("a profile and itself with all lines moved is the same everywhere", () => {
    const moved = (one: Frame): Frame => ({
        ...one,
        line: one.line! + 5,
        children: one.children.map(moved),
    })
    fc.assert(
        fc.property(frame, one =>
            everywhere(changedFrames(one, moved(one)), ({ before, after }) =>
                expect(after).toBe(before),
            ),
        ),
        { numRuns: 50 },
    )
})

test("parts as frames add up to the figure", () => {
    const part = { what: "Buffer", count: 1 }
    const root = framesOfParts(
        [
            { ...part, heldBy: "extra", file: "main.ts", line: 4, text: "x", value: 312 },
            { ...part, heldBy: "extra", file: "main.ts", line: 9, text: "y", value: 8 },
            { ...part, value: 30 },
        ],
        "live",
    )
    expect(root.value).toBe(350)
    expect(root.children.map(({ name, value }) => [name, value])).toEqual([
        ["extra", 320],
        ["(runtime)", 30],
    ])
})
