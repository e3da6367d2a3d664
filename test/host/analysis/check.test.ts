import { createColors } from "picocolors"
import stringWidth from "string-width"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { checkReport, checkRun as checkMeasured } from "../../../host/analysis/check"
import type { CheckFigure } from "../../../host/documents/check/figures"
import type { Budget, Expectations, Part } from "../../../host/documents/check/report"
import type { SimReport } from "../../../host/documents/sim-report"
import { knownRun } from "../../../host/documents/check/baseline"
import { differenceOf, explainChange, sumOf } from "../../../host/analysis/budgets/explain-change"
import { formatBaseline, parseBaseline } from "../../../host/analysis/budgets/baseline-text"
import { renderCheck } from "../../../host/sinks/terminal/check/check-terminal"
import { leakingReport, steadyReport } from "../sinks/terminal/sample-run"

/** A run with its report alone: nobody measured what it is made of. */
function measured({ samples: _, ...report }: SimReport) {
    const nothing = { steadyAllocations: null, codeBytes: 0, headroomBytes: null }
    return {
        measured: { report, ...nothing, structures: [], liveOverTime: [] },
        parts: {},
    }
}

const checkRun = (run: SimReport, expected: Expectations) => checkMeasured(measured(run), expected)

const budget = (figure: CheckFigure, value: number, of = "--this"): Budget => ({
    ...{ figure, limit: { value }, level: "error", of },
})

test("the budget is the most that was ever live, to the byte", () => {
    const run = steadyReport()
    const { highWaterLiveBytes } = run.heap
    expect(checkRun(run, { budgets: [budget("live", highWaterLiveBytes)] }).passed).toBe(true)
    const over = checkRun(run, { budgets: [budget("live", highWaterLiveBytes - 1)] })
    expect(over.failures).toMatchObject([{ kind: "budget" }])
    expect(over.failures[0]!.message).toContain(", 1 B over the ")
})

test("board time and the VM's limits have budgets, told by where they were said", () => {
    const run = steadyReport()
    const { boardTime, stack } = run
    const is = {
        boardTime: boardTime.ms,
        calls: stack.deepestCall,
        frames: stack.mostFrameBytes,
        turn: stack.longestTurn,
    }
    for (const [figure, most] of Object.entries(is) as [CheckFigure, number][]) {
        const checked = (most: number) => checkRun(run, { budgets: [budget(figure, most)] })
        expect(checked(most).passed).toBe(true)
        const [failure] = checked(most - 1).failures
        expect(failure).toMatchObject({ kind: "budget", figure })
        expect(failure!.message).toMatch(/over the [\d,.]+( B| ms)? of --this$/)
    }
})

test("a death fails without a budget, and one failed check fails all", () => {
    const [steady, dead] = [steadyReport(), leakingReport()].map(run => checkRun(run, {}))
    expect(steady!.passed).toBe(true)
    expect(dead!.failures[0]).toMatchObject({ kind: "outcome" })
    expect(steady!.expected).toBeDefined()
    expect(checkReport([steady!]).passed).toBe(true)
    expect(checkReport([steady!], { isInterrupted: true })).toMatchObject({
        passed: false,
        interrupted: true,
    })
    expect(checkReport([steady!, dead!]).passed).toBe(false)
    expect(steady!.report).not.toHaveProperty("samples")
})

test.each([20, 40, 80])("nothing it shows is wider than %i columns, or an escape", width => {
    const run = leakingReport()
    run.program.entry = `/long/${"folder/".repeat(20)}\u001b[31mmain.ts`
    run.outcome.message = "寿".repeat(60) + "\u001b]0;title\u0007"
    const shown = renderCheck(checkRun(run, { budgets: [budget("live", 1)] }), {
        colors: createColors(false),
        width,
    })
    expect(shown).not.toContain("\u001b")
    for (const line of shown.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(width)
})

test("a check keeps the end of the log, and what it was held against", () => {
    const log = Array.from({ length: 5000 }, (_, i) => ({
        ...{ atMs: i, level: "log" as const, text: `order ${i}` },
    }))
    const { report, expected } = checkRun(
        { ...steadyReport(), log, logOmittedLines: 7 },
        { budgets: [budget("live", 9000)] },
    )
    expect(report.log).toEqual(log.slice(-200))
    expect(report.logOmittedLines).toBe(4807)
    expect(expected).toEqual({ budgets: [budget("live", 9000)] })
})

test("growth that somebody accepts by name is no failure, and other growth is", () => {
    const leak = (path: string) => ({
        ...{ path, kind: "array" as const, alongside: [], fromMs: 0, toMs: 60_000 },
        ...{ items: { from: 1, to: 900 }, liveBytes: { from: 8, to: 7200 } },
        ...{ liveBytesPerHour: 9000, heldAt: [] },
    })
    const steady = steadyReport()
    const run = {
        ...steady,
        leaks: [leak("history"), leak("orders")],
        judgement: { ...steady.judgement, kind: "leak" as const, severity: "bad" as const },
    }
    expect(checkRun(run, {}).failures).toHaveLength(2)
    expect(checkRun(run, { accept: ["history"] }).failures).toMatchObject([
        { message: "orders never stops growing" },
    ])
    const accepted = checkRun(run, { accept: ["history", "orders"] })
    expect(accepted.passed).toBe(true)
    const shown = renderCheck(accepted, { colors: createColors(false), width: 80 })
    expect(shown).toMatch(/^! /)
    expect(shown).toContain("! accepted: ")
    expect(shown).not.toContain("✗")
})

const part: fc.Arbitrary<Part> = fc
    .record(
        {
            function: fc.constantFrom("main", "take", "drop"),
            file: fc.constantFrom("a.ts", "b.ts"),
            line: fc.integer({ min: 1, max: 9 }),
            text: fc.constantFrom("x.push(y)", "new Order()", "a | b \\\\ c"),
            heldBy: fc.constantFrom("orders", "history"),
            what: fc.constantFrom("Order", "Array", "-", 'text "a|b"'),
            value: fc.integer({ min: -50, max: 500 }),
            count: fc.integer({ min: 0, max: 9 }),
        },
        { requiredKeys: ["what", "value", "count"] },
    )
    .map(one => one as Part)

describe("a difference", () => {
    test("has parts that add up to the whole, always", () => {
        fc.assert(
            fc.property(fc.array(part), fc.array(part), (before, after) => {
                const changed = explainChange(before, after)
                const sum = changed.reduce((all, one) => all + differenceOf(one), 0)
                expect(sum).toBe(sumOf(after) - sumOf(before))
                expect(changed.every(one => differenceOf(one) !== 0)).toBe(true)
            }),
            { numRuns: 100 },
        )
    })

    test("says nothing of what has moved, been renamed or stands in another order", () => {
        fc.assert(
            fc.property(fc.array(part), fc.infiniteStream(fc.nat(9)), (before, places) => {
                const after = before
                    .map(one => ({ ...one, line: places.next().value, text: "renamed" }))
                    .reverse()
                expect(explainChange(before, after)).toEqual([])
                expect(explainChange(before, [...before].reverse())).toEqual([])
            }),
            { numRuns: 50 },
        )
    })
})

describe("a baseline", () => {
    const check = (parts: Part[], expected: Expectations = {}) =>
        checkMeasured({ ...measured(steadyReport()), parts: { "most-live": parts } }, expected)

    test("is read back as it was written, and a second time is the same text", () => {
        fc.assert(
            fc.property(fc.array(part), fc.string(), (parts, reason) => {
                const budgets = [{ ...budget("live", 5, "budgets.live"), reason: `x${reason}` }]
                const run = knownRun(check(parts, { budgets }))
                const text = formatBaseline({ runs: [run, { ...run, board: "other" }] })
                const { runs } = parseBaseline(text, "b")
                expect(formatBaseline({ runs })).toBe(text)
                expect(runs[0]!.figures.live).toBe(run.figures.live)
                // Where a line stood is not kept: it moves without a change.
                expect(explainChange(parts, runs[0]!.parts["most-live"] ?? [])).toEqual([])
                expect(runs[0]!.conditions).toEqual(run.conditions)
            }),
            { numRuns: 30 },
        )
    })

    test.each([
        ["", /^b:1: it is no baseline/],
        ["# heapscope baseline 1\n<<<<<<< ours\n", /^b:2: git could not merge it/],
        [
            "# heapscope baseline 1\na.ts | pico | live | many\n",
            /^b:2: .* is no line of a baseline/,
        ],
        ["# heapscope baseline 1\na.ts | pico | lief | 3\n", /^b:2: .* is no line of a baseline/],
    ])("that is none is refused with its line: %j", (text, message) => {
        expect(() => parseBaseline(text, "b")).toThrow(message)
    })

    test("lets nobody raise a budget without a reason", () => {
        const held = (value: number, reason?: string): Expectations => ({
            budgets: [
                {
                    ...budget("live", value, "budgets.live"),
                    ...(reason !== undefined && { reason }),
                },
            ],
        })
        const against = (old: Expectations, now: Expectations) => {
            const runs = [knownRun(check([], old))]
            return checkMeasured(measured(steadyReport()), now, { name: "before", runs }).failures
        }
        const { highWaterLiveBytes: most } = steadyReport().heap
        expect(against(held(most), held(most))).toEqual([])
        expect(against(held(most + 9), held(most))).toEqual([])
        expect(against(held(most), held(most + 9))[0]!.message).toMatch(
            /^budgets\.live was raised from [\d,]+ B to [\d,]+ B without a reason/,
        )
        expect(against(held(most), held(most + 9, "a new menu"))).toEqual([])
        expect(against(held(most, "a new menu"), held(most + 9, "a new menu"))).toHaveLength(1)
    })
})
