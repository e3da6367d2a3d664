import { createColors } from "picocolors"
import { expect, test } from "vitest"
import {
    SWEEP_SCHEMA,
    type SweepPoint,
    type SweepReport,
    type SweepSeries,
} from "../../../../host/documents/sweep-report"
import { drawSweep } from "../../../../host/sinks/svg/sweep-chart"
import { renderSweep } from "../../../../host/sinks/terminal/sweep-terminal"
import { expectWellFormed } from "./well-formed"

function series(entry: string, each: number, deaths: SweepSeries["deaths"]): SweepSeries {
    const points = [10, 100, 1000].map((n): SweepPoint => ({
        n,
        outcome:
            n === 1000 ? { kind: "panicked", panicName: "out-of-memory" } : { kind: "finished" },
        ...{
            liveBytes: each * n,
            allocatedBytes: 2 * each * n,
            boardTimeMs: n,
            bytecodeBytes: 900,
        },
    }))
    return { entry, points, deaths }
}

const report: SweepReport = {
    schema: SWEEP_SCHEMA,
    name: "SIZE",
    board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
    vm: { version: "1" },
    forMs: 1000,
    series: [
        series('a"<script>&.ts', 40, [
            {
                heapBytes: 65_536,
                boards: ["esp32", "c3"],
                diesFrom: 900,
                panicName: "out-of-memory",
            },
            { heapBytes: 65_536, boards: ["pico"], diesFrom: 800, panicName: "out-of-memory" },
            { heapBytes: 40_960, boards: ["s2"], diesFrom: 500, panicName: "out-of-memory" },
        ]),
        series("b.ts", 20, [{ heapBytes: 65_536, boards: ["pico"], diesFrom: null }]),
    ],
    breakEvens: [{ figure: "liveBytes", better: "b.ts", worse: "a.ts", n: 10 }],
}

test("a chart has axes, a line for each program and one down where each board dies", () => {
    const svg = drawSweep(report)
    expectWellFormed(svg)
    const lines = [...svg.matchAll(/<path d="M([\d.]+) \d+v170" stroke="[^"]+" stroke-dasharray/g)]
    // Three figures, each with the three numbers, from the left to the right as they are.
    const at = lines.slice(0, 3).map(([, x]) => Number(x))
    expect(lines).toHaveLength(9)
    expect(at).toEqual([at[0]!, at[1]!, at[2]!].sort((a, b) => b - a))
    // Equal factors are equally far: 500 of 10 to 1,000 is 0.849 of the way.
    expect((at[2]! - 104) / 760).toBeCloseTo(Math.log(50) / Math.log(100), 3)
    expect(svg.match(/stroke-width="2"\/><\/g>/g)).toHaveLength(6)
    for (const words of ["high-water live", "allocated", "board time", ">10<", ">100<", ">1,000<"])
        expect(svg).toContain(words)
})

test("what comes of it is said in a sentence for each size of heap", () => {
    const text = renderSweep(report, { colors: createColors(false), width: 400 })
    expect(text).toContain(
        "dies on 64 KiB of heap from SIZE = 800 on (out of memory: pico), 900 on (esp32, c3).",
    )
    expect(text).toContain("dies on 40 KiB of heap from SIZE = 500 on (out of memory: s2).")
    expect(text).toContain("b.ts lives with every SIZE on 64 KiB of heap (pico).")
    expect(text).toContain("With every SIZE b.ts takes no more high-water live than a.ts.")
})
