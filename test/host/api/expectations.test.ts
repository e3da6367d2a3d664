import { describe, expect, test } from "vitest"
import {
    allocateNothingAfter,
    haveNoLeaks,
    stayUnder,
    type Budget,
} from "../../../host/api/expectations"
import type { Simulation } from "../../../host/api/simulate"
import { steadyReport } from "../sinks/terminal/sample-run"

const base = steadyReport()

/** A run of ten seconds in which one line allocated until its fifth. */
function run(more: Partial<Simulation> = {}): Simulation {
    return {
        ...base,
        simulated: { ms: 10_000 },
        outcome: { kind: "running" },
        heap: { ...base.heap, highWaterLiveBytes: 5000, highWaterUsedBytes: 9000 },
        gc: { collections: 2, allocations: 100, allocatedBytes: 20_000 },
        boardTime: { ...base.boardTime, ms: 2000 },
        stack: { ...base.stack, deepestCall: 12, mostFrameBytes: 640, longestTurn: 900 },
        samples: [],
        allocatingLines: [
            {
                place: "src/main.ts:3",
                types: ["array", "bytes"],
                allocations: 40,
                bytes: 800,
                lastAtMs: 5000,
            },
        ],
        ...more,
    }
}

describe("stayUnder", () => {
    test("holds at the limit, not a byte above it", () => {
        expect(stayUnder(run(), { liveBytes: 5000 }).pass).toBe(true)
        expect(stayUnder(run(), { liveBytes: 4999 })).toMatchObject({
            pass: false,
            fails: expect.stringContaining(
                "5,000 B live at most: 1 B over the limit of 4,999 B",
            ) as string,
        })
    })

    test.each([
        [{ usedBytes: "9kB" }, true],
        [{ usedBytes: "8.9kB" }, false],
        [{ allocations: 100 }, true],
        [{ allocations: 99 }, false],
        [{ allocatedBytes: "20kB", liveBytes: "5kB" }, true],
        [{ allocatedBytes: "20kB", liveBytes: "4kB" }, false],
        [{ bytecodeBytes: base.program.bytecodeBytes }, true],
        [{ bytecodeBytes: base.program.bytecodeBytes - 1 }, false],
        [{ boardTime: "2s" }, true],
        [{ boardTime: 1999 }, false],
        [{ calls: 12 }, true],
        [{ calls: 11 }, false],
        [{ frames: 640 }, true],
        [{ frames: "639B" }, false],
        [{ turn: 900, calls: 12 }, true],
        [{ turn: 899, calls: 12 }, false],
    ])("%j is %s", (budget, pass) => {
        expect(stayUnder(run(), budget).pass).toBe(pass)
    })

    test.each([
        [{}, /Nothing is limited/],
        [{ liveByte: 1 }, /no figure liveByte/],
        [{ liveBytes: "much" }, /liveBytes: "much" is not a size/],
        [{ calls: 1.5 }, /calls: 1.5 is not a whole number/],
        [{ turn: "100" }, /turn: "100" is not a whole number/],
        [{ boardTime: "soon" }, /boardTime/],
    ])("%j is wrong use", (budget, message) => {
        expect(() => stayUnder(run(), budget as Budget)).toThrow(message)
    })
})

describe("allocateNothingAfter", () => {
    test("holds from right after the last allocation", () => {
        expect(allocateNothingAfter(run(), 5001).pass).toBe(true)
        expect(allocateNothingAfter(run(), "5s")).toMatchObject({
            pass: false,
            fails: expect.stringContaining(
                "src/main.ts:3: array, bytes, last at 5 s; 40 allocations of 800 B in all",
            ) as string,
        })
    })

    test("of a time when nothing ran any more there is nothing to say", () => {
        expect(() => allocateNothingAfter(run(), "10s")).toThrow(/had ended/)
        const ended = run({ outcome: { kind: "finished", atMs: 6000 } })
        expect(() => allocateNothingAfter(ended, "6s")).toThrow(/had ended/)
    })
})

test("haveNoLeaks wants them to be looked for", () => {
    expect(() => haveNoLeaks(run())).toThrow(/leaks: true/)
    expect(haveNoLeaks(run({ leaks: [] })).pass).toBe(true)
})

test("of a program that died nothing holds, and nothing fails to", () => {
    const dead = run({
        outcome: { kind: "panicked", panicName: "out-of-memory", atMs: 9000 },
        judgement: { ...base.judgement, headline: "out of memory after 9 s" },
    })
    for (const expectation of [
        () => stayUnder(dead, { liveBytes: 9_000_000 }),
        () => allocateNothingAfter(dead, 8000),
        () => haveNoLeaks(dead),
    ])
        expect(expectation).toThrow(/out of memory after 9 s/)
})
