import fc from "fast-check"
import { createColors } from "picocolors"
import stringWidth from "string-width"
import { describe, expect, it } from "vitest"
import { renderSimReport, type SimReportExtras } from "../../../../host/sinks/terminal/sim-terminal"
import type { SimReport } from "../../../../host/documents/sim-report"
import { HEAP_START, leakingReport, sampleBlocks, sawtooth, steadyReport } from "./sample-run"

const extras = (over: Partial<SimReportExtras> = {}): SimReportExtras => ({
    blocks: sampleBlocks(),
    heapStart: HEAP_START,
    samples: sawtooth(420, 110),
    ...over,
})

const render = (report: SimReport, width = 80, over: Partial<SimReportExtras> = {}): string =>
    renderSimReport(report, extras(over), { colors: createColors(false), width })

describe("renderSimReport", () => {
    it("says first what happened, then where, and shows the request against the holes", () => {
        const none = { blocks: [], samples: [] }
        expect(render(leakingReport(), 80, none)).toMatchInlineSnapshot(`
          "✗ out of memory after 42.1 s: a leak, orders never stops growing
            devs/station/wasteful.ts on pico (rp2040) · 64 KiB heap · DeviceScript 2.16.4
            42.1 s simulated in 212 ms (199x real time)

            at accept  devs/station/wasteful.ts:88:14
            at main    devs/station/wasteful.ts:12:1

            request            4,212 B  ━━━━━━━━━━━━━━━━━━╸
            largest free block   292 B  ━╸
            free in all       11,416 B  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━

            Heap                    now  of 65.5 kB    Activity        in all        rate
            used                54.1 kB      82.6 %    collections         62       1.5/s
              high-water mark   65.1 kB      99.4 %    allocations     15,662       372/s
            live                49.8 kB      76.0 %    allocated     981.9 kB   23.3 kB/s
              high-water mark   50.0 kB      76.3 %    live trend     growing   +4.0 MB/h
            free                11.4 kB      17.4 %    board time       4.5 s      10.7 %
            largest free block    292 B       0.4 %      collecting    300 ms
            fragmentation                    97.4 %    deepest call        12      of 100
                                                       most frames      640 B
                                                       longest turn     8,100  of 131,072

            By type             blocks     bytes  of used
            B fields, elements       1  23,584 B   43.6 %  ━━━━━━━━━━━━━━━━━━━━━━━━
            C call frames            1   9,000 B   16.6 %  ━━━━━━━━━
            M objects                1   8,000 B   14.8 %  ━━━━━━━━
            A arrays                 1   7,524 B   13.9 %  ━━━━━━━╸
            S texts                  1   6,000 B   11.1 %  ━━━━━━

            Log   the last 3 of the program's own among 4 lines
            100 ms  open
            200 ms  order 1
            42.1 s  error: devs: OOM (4212 bytes)

          ✗ out of memory after 42.1 s: a leak, orders never stops growing
            orders held 48,000 B, 96.4 % of what was live.
            at devs/station/wasteful.ts:88 (accept)
            next: heapscope sim devs/station/wasteful.ts --board pico --for 1m --advice
            (what ends it, in code)"
        `)
    })

    it("draws timeline, heap and log where there are data for them", () => {
        const text = render(leakingReport())
        expect(text).toContain("65.5 kB ╌╌╌")
        expect(text).toMatch(/└.*✗/)
        expect(text).toContain("─ largest free block: 11,000 B at +0xb798")
        const bare = render(steadyReport(), 80, { blocks: [], samples: [] })
        expect(bare).not.toContain("Heap over time")
        expect(bare).not.toContain("Heap by address")
        expect(bare).not.toContain("request")
    })

    it("ends with what is wrong, where and what to run next: in 24 lines it is all there", () => {
        for (const width of [40, 80, 200]) {
            const last = render(leakingReport(), width).split("\n").slice(-24).join("\n")
            const whole = last.replace(/\s+/g, " ")
            expect(whole).toContain("a leak, orders never stops growing")
            expect(whole).toContain("orders held 48,000 B")
            expect(whole).toContain("devs/station/wasteful.ts:88")
            expect(whole).toContain("next: heapscope sim devs/station/wasteful.ts")
        }
    })

    it("names the place of a function without a name, and not what the compiler calls it", () => {
        const { judgement, ...rest } = leakingReport()
        const of = (name: string) =>
            render({
                ...rest,
                judgement: { ...judgement, at: { ...judgement.at!, function: name } },
            })
        expect(of("accept")).toContain("at devs/station/wasteful.ts:88 (accept)")
        expect(of("inline")).toContain("at devs/station/wasteful.ts:88\n")
    })

    it("with its advice given, leads to who carries it out instead of to itself", () => {
        const advice = [
            { what: "orders grows", instead: "keep 50", count: 1, formula: "50 x 71 B" },
        ]
        const next = (report: SimReport) => /next: heapscope .*/.exec(render(report, 120))?.[0]
        expect(next(leakingReport())).toMatch(/next: heapscope sim .* --advice \(/)
        expect(next({ ...leakingReport(), advice })).toBe(
            "next: heapscope fix devs/station/wasteful.ts --board pico --for 1m (tries what it can of this as edits)",
        )
    })

    it("shows the last lines of the log, more on request, and says how many there are", () => {
        const log = Array.from({ length: 30 }, (_, i) => ({
            ...{ atMs: i * 100, level: "log" as const, text: `order ${i}` },
        }))
        const text = render({ ...steadyReport(), log, logOmittedLines: 1000 })
        expect(text).toContain("the last 5 of 1,030 lines")
        expect(text).not.toContain("order 24")
        expect(text).toContain("order 25")
        expect(render({ ...steadyReport(), log }, 80, { logLines: 30 })).toContain("order 0")
        expect(render({ ...steadyReport(), log }, 80, { logLines: 0 })).not.toContain("order")
    })

    it("never exceeds the width nor lets the program reach the terminal", () => {
        const hostile = fc.array(
            fc.constantFrom(
                ...["\u001b[2J", "\u001b]0;x\u0007", "\r", "\u009b1m", "\u202e", "\n", "\ud800"],
                ...["寿司", "👩‍🍳", "word ", "x".repeat(90), "e\u0301"],
            ),
        )
        const cases = fc.record({
            text: hostile.map(parts => parts.join("")),
            width: fc.integer({ min: 24, max: 200 }),
            color: fc.boolean(),
        })
        fc.assert(
            fc.property(cases, ({ text, width, color }) => {
                const report = leakingReport()
                report.program.entry = text
                report.board.id = text
                report.vm.version = text
                report.judgement = {
                    ...{ kind: "leak", severity: "bad", headline: text, evidence: [text] },
                    next: { command: text, why: text },
                }
                report.outcome.stack = [{ function: text, file: text, line: 1, column: 1 }]
                report.heap.byType[text] = { blocks: 1, bytes: 100 }
                report.log.push({ atMs: 42_100, level: "warn", text })
                const style = { colors: createColors(color), width }
                for (const line of renderSimReport(report, extras(), style).split("\n")) {
                    expect(stringWidth(line)).toBeLessThanOrEqual(width)
                    // oxlint-disable-next-line no-control-regex -- only colours may remain
                    const rest = line.replace(/\u001b\[\d+m/g, "")
                    expect(rest).not.toMatch(/[\p{Cc}\u202a-\u202e\p{Surrogate}]/u)
                }
            }),
            { numRuns: 40 },
        )
    })
})
