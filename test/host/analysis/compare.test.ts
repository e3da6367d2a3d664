import fc from "fast-check"
import { createColors } from "picocolors"
import stringWidth from "string-width"
import { describe, expect, it } from "vitest"
import type { MetricName } from "../../../host/documents/compare-report"
import { compareReports, METRICS } from "../../../host/analysis/compare"
import { renderCompareReport } from "../../../host/sinks/terminal/compare-terminal"
import { compareConclusion, judge } from "../../../host/sinks/terminal/text/comparison-text"
import type { SimReport } from "../../../host/documents/sim-report"
import { leakingReport, sawtooth, steadyReport } from "../sinks/terminal/sample-run"

const row = (a: SimReport, b: SimReport, metric: MetricName) =>
    compareReports(a, b).rows.find(row => row.metric === metric)!

/** Reports with random figures; half of them died. */
const reports = fc
    .record({
        figures: fc.array(fc.nat(100_000), { minLength: 8, maxLength: 8 }),
        died: fc.boolean(),
        ms: fc.nat(100_000),
        log: fc.array(fc.constantFrom("open", "order 1", "order 2"), { maxLength: 4 }),
    })
    .map(({ figures, died, ms, log }) => {
        const report = died ? leakingReport() : steadyReport()
        const [
            live = 0,
            used = 0,
            hole = 0,
            blocks = 0,
            gcs = 0,
            allocs = 0,
            bytes = 0,
            slope = 0,
        ] = figures
        report.simulated.ms = ms
        if (died) report.outcome.atMs = ms
        report.heap.liveBytes = report.heap.highWaterLiveBytes = live
        report.heap.usedBytes = report.heap.highWaterUsedBytes = used
        report.heap.largestFreeBytes = hole
        report.heap.blocks = blocks
        report.gc = { collections: gcs, allocations: allocs, allocatedBytes: bytes }
        report.trend.liveBytesPerHour = slope - 50_000
        report.log = log.map((text, i) => ({ atMs: i, level: "log", text }))
        return report
    })

describe("compareReports", () => {
    it("has every figure of both runs, with difference and ratio", () => {
        const compare = compareReports(leakingReport(), steadyReport())
        expect(compare.rows.map(row => row.metric)).toEqual(Object.keys(METRICS))
        expect(compare.rows.find(row => row.metric === "most live")).toEqual({
            ...{ metric: "most live", unit: "bytes", a: 50_000, b: 3200 },
            ...{ difference: -46_800, ratio: 0.064 },
        })
        expect(compare.rows.find(row => row.metric === "time to death")).toEqual({
            ...{ metric: "time to death", unit: "ms", a: 42_100, b: null },
            ...{ difference: null, ratio: null },
        })
        const churn = row(leakingReport(), steadyReport(), "churn")
        expect(churn.a).toBeCloseTo(981_900 / 42.1)
        expect(churn.b).toBeCloseTo(12_000)
        expect(compare.a).not.toHaveProperty("log")
        expect(compare.a).not.toHaveProperty("wall")
    })

    it("is antisymmetric: swapping the runs swaps signs, inverts ratios and judgements", () => {
        fc.assert(
            fc.property(reports, reports, (a, b) => {
                const forth = compareReports(a, b)
                const back = compareReports(b, a)
                expect(back.sameLog).toBe(forth.sameLog)
                expect(back.firstLogDifference?.index).toBe(forth.firstLogDifference?.index)
                expect(back.firstLogDifference?.a).toEqual(forth.firstLogDifference?.b)
                for (const [i, there] of forth.rows.entries()) {
                    const here = back.rows[i]!
                    expect([here.a, here.b]).toEqual([there.b, there.a])
                    const negated = there.difference === null ? null : 0 - there.difference
                    expect(here.difference).toBe(negated)
                    if (here.ratio !== null && there.ratio !== null && there.ratio !== 0) {
                        expect(here.ratio * there.ratio).toBeCloseTo(1)
                    }
                    const opposite = { better: "worse", worse: "better", none: undefined } as const
                    expect(judge(here)).toBe(opposite[judge(there) ?? "none"])
                }
            }),
        )
    })

    it("has only numbers that JSON can carry, and null against zero", () => {
        fc.assert(
            fc.property(reports, reports, (a, b) => {
                for (const row of compareReports(a, b).rows) {
                    for (const value of [row.a, row.b, row.difference, row.ratio]) {
                        expect(value === null || Number.isFinite(value)).toBe(true)
                    }
                    if (row.a === 0) expect(row.ratio).toBeNull()
                }
            }),
        )
    })

    it("a run against itself differs in nothing", () => {
        fc.assert(
            fc.property(reports, report => {
                const compare = compareReports(report, report)
                expect(compare.sameLog).toBe(true)
                for (const row of compare.rows) {
                    expect(row.difference ?? 0).toBe(0)
                    expect(row.ratio ?? 1).toBe(1)
                    expect(judge(row)).toBeUndefined()
                }
                expect(compareConclusion(compare).severity).toBe("neutral")
            }),
        )
    })

    it("compares what the programs said, not when, nor what the VM said", () => {
        const a = steadyReport()
        const b = steadyReport()
        b.log = b.log.map(line => ({ ...line, atMs: line.atMs + 7 }))
        b.log.splice(1, 0, { atMs: 150, level: "runtime", text: "stats: 12 objects" })
        expect(compareReports(a, b).sameLog).toBe(true)
        b.log[2] = { atMs: 200, level: "log", text: "order 7" }
        expect(compareReports(a, b)).toMatchObject({
            sameLog: false,
            firstLogDifference: { index: 1, a: { text: "order 1" }, b: { text: "order 7" } },
        })
        b.log.length = 1
        const shorter = compareReports(a, b)
        expect(shorter.firstLogDifference).toEqual({ index: 1, a: a.log[1] })
    })
})

describe("renderCompareReport", () => {
    const samples = { a: sawtooth(420, 110), b: sawtooth(600, 0) }
    const render = (a: SimReport, b: SimReport, width = 80, color = false): string =>
        renderCompareReport(compareReports(a, b), samples, { colors: createColors(color), width })

    it("concludes, shows both verdicts and every figure", () => {
        const none = { a: [], b: [] }
        const style = { colors: createColors(false), width: 80 }
        const compare = compareReports(leakingReport(), steadyReport())
        expect(renderCompareReport(compare, none, style)).toMatchInlineSnapshot(`
          "main.ts ran 1 m where wasteful.ts died after 42.1 s; it has 0.06x the high-water
          live bytes and 0.51x the churn

            a  devs/station/wasteful.ts on pico (rp2040), 64 KiB heap
               ✗ out of memory after 42.1 s: a leak, orders never stops growing
            b  devs/station/main.ts on pico (rp2040), 64 KiB heap
               ✓ ran 1 m, live heap flat at 3,108 B of 65.5 kB

            Figures                     a          b         b - a  b / a  b is
            time to death          42.1 s   survived             -      -  better
            live                  49.8 kB    3,108 B      -46.7 kB  0.06x  better
            high-water live       50.0 kB    3,200 B      -46.8 kB  0.06x  better
            used                  54.1 kB    50.5 kB      -3,584 B  0.93x
            high-water used       65.1 kB    55.0 kB      -10.1 kB  0.84x  better
            largest free block      292 B    11.0 kB      +10.7 kB  37.7x  better
            fragmentation          97.4 %     26.7 %  -70.8 points  0.27x  better
            blocks                      7          7             0  1.00x
            live trend           4.0 MB/h      0 B/h     -4.0 MB/h     0x  better
            collections *              62         43           -19  0.69x
            allocations *          15,662     12,000        -3,662  0.77x
            allocated *          981.9 kB   720.0 kB     -261.9 kB  0.73x
            allocation rate         372/s      200/s        -172/s  0.54x  better
            churn               23.3 kB/s  12.0 kB/s    -11.3 kB/s  0.51x  better
            board time *            4.5 s      4.5 s          0 ms  1.00x
            board load             10.7 %      7.5 %   -3.2 points  0.70x  better
            deepest call               12         12             0  1.00x
            high-water frames       640 B      640 B           0 B  1.00x
            longest turn            8,100      8,100             0  1.00x
            bytecode              6,120 B    7,244 B      +1,124 B  1.18x  worse
            * added up over different times, 42.1 s and 1 m: compare the rates

            Logs  different from line 3 on
            a  devs: OOM (4212 bytes)
            b  order 2

          main.ts ran 1 m where wasteful.ts died after 42.1 s; it has 0.06x the high-water
          live bytes and 0.51x the churn

            ✓ ran 1 m, live heap flat at 3,108 B of 65.5 kB
              next: heapscope check devs/station/main.ts (so that it stays so)"
        `)
    })

    it("draws both timelines on the longer run's scale", () => {
        const lines = render(leakingReport(), steadyReport()).split("\n")
        const axes = lines.filter(line => line.includes("0 B └"))
        expect(axes).toHaveLength(2)
        expect(axes[0]).toMatch(/^ +0 B └.*✗─*┬?─*/)
        expect(axes[1]).not.toContain("✗")
        const labels = lines.filter(line => /^ +0 .*1 m$/.test(line))
        expect(labels).toHaveLength(2)
        expect(labels[0]).toBe(labels[1])
    })

    it("concludes in words whoever dies", () => {
        const text = (a: SimReport, b: SimReport) => compareConclusion(compareReports(a, b))
        const later = leakingReport()
        later.outcome.atMs = 84_200
        later.board = { ...later.board, id: "esp32s2" }
        expect(text(steadyReport(), leakingReport())).toMatchObject({ severity: "bad" })
        expect(text(leakingReport(), later)).toMatchObject({
            severity: "good",
            text: expect.stringContaining("esp32s2 lasted 2.00x as long as pico") as string,
        })
        expect(text(leakingReport(), leakingReport()).text).toContain("both died after 42.1 s; b ")
        const lean = steadyReport()
        lean.program = { ...lean.program, entry: "devs/station/lean.ts" }
        lean.heap = { ...lean.heap, highWaterLiveBytes: 1600 }
        expect(text(steadyReport(), lean)).toEqual({
            severity: "good",
            text: "lean.ts has 0.50x the high-water live bytes and 1x the churn of main.ts",
        })
    })

    it("never exceeds the width", () => {
        const sizes = fc.record({ width: fc.integer({ min: 24, max: 200 }), color: fc.boolean() })
        fc.assert(
            fc.property(reports, reports, sizes, (a, b, { width, color }) => {
                a.program.entry = "寿司/".repeat(40)
                for (const line of render(a, b, width, color).split("\n")) {
                    expect(stringWidth(line)).toBeLessThanOrEqual(width)
                }
            }),
            { numRuns: 40 },
        )
    })
})
