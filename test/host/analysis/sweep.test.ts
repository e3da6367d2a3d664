import { expect, test } from "vitest"
import { breakEvens, readSweep } from "../../../host/analysis/sweep"
import type { SweepPoint } from "../../../host/documents/sweep-report"

test("a range is a constant's name and two whole numbers, the smaller one first", () => {
    expect(readSweep("SIZE=10..2000")).toEqual({ name: "SIZE", from: 10, to: 2000 })
    for (const wrong of [
        "SIZE",
        "SIZE=10",
        "SIZE=20..10",
        "SIZE=5..5",
        "N=0..9",
        "1A=1..2",
        "A=1.5..2",
    ])
        expect(() => readSweep(wrong), wrong).toThrow(/no constant with a range/)
    expect(() => readSweep("A=1..9999999")).toThrow(/1,000,000 at most/)
})

test("two programs break even where one begins to take no more, for good", () => {
    const points = (of: (n: number) => number): SweepPoint[] =>
        [10, 20, 40, 80].map(n => ({
            ...{ n, outcome: { kind: "finished" }, liveBytes: of(n), allocatedBytes: 7 },
            ...{ boardTimeMs: 5, bytecodeBytes: 100 },
        }))
    const a = { entry: "a.ts", points: points(n => 10 * n) }
    const b = { entry: "b.ts", points: points(n => 300 + n) }
    expect(breakEvens([a, b])).toEqual([
        { figure: "liveBytes", better: "b.ts", worse: "a.ts", n: 40 },
    ])
    // With which one of them dies, there is nothing to compare.
    a.points[3]!.outcome = { kind: "panicked", panicName: "out-of-memory" }
    expect(breakEvens([a, b])).toMatchObject([{ better: "b.ts", n: 40 }])
    a.points[2]!.outcome = { kind: "panicked", panicName: "out-of-memory" }
    expect(breakEvens([a, b])).toMatchObject([{ better: "a.ts", n: 10 }])
})
