import { createColors } from "picocolors"
import stringWidth from "string-width"
import { expect, test } from "vitest"
import { checkReport, checkRun, type BudgetFigure } from "../../../host/analysis/check"
import { renderCheck } from "../../../host/sinks/terminal/check-terminal"
import { leakingReport, steadyReport } from "../sinks/terminal/sample-run"

test("the budget is the most that was ever live, to the byte", () => {
    const run = steadyReport()
    const { highWaterLiveBytes } = run.heap
    expect(checkRun(run, { maxLiveBytes: highWaterLiveBytes }).passed).toBe(true)
    const over = checkRun(run, { maxLiveBytes: highWaterLiveBytes - 1 })
    expect(over.failures).toMatchObject([{ kind: "budget" }])
    expect(over.failures[0]!.message).toContain(", 1 B over the ")
})

test("board time and the VM's limits have budgets, told by where they were said", () => {
    const run = steadyReport()
    const { boardTime, stack } = run
    const is = {
        boardTimeMs: boardTime.ms,
        calls: stack.deepestCall,
        frameBytes: stack.mostFrameBytes,
        turn: stack.longestTurn,
    }
    for (const [figure, most] of Object.entries(is) as [BudgetFigure, number][]) {
        const checked = (most: number) =>
            checkRun(run, { budgets: [{ figure, most, of: "--this" }] })
        expect(checked(most).passed).toBe(true)
        const [failure] = checked(most - 1).failures
        expect(failure).toMatchObject({ kind: "budget" })
        expect(failure!.message).toMatch(/over the [\d,]+( B| ms)? of --this$/)
    }
})

test("a death fails without a budget, and one failed check fails all", () => {
    const [steady, dead] = [steadyReport(), leakingReport()].map(run => checkRun(run, {}))
    expect(steady!.passed).toBe(true)
    expect(dead!.failures[0]).toMatchObject({ kind: "outcome" })
    expect(steady!.expected).toBeDefined()
    expect(checkReport([steady!]).passed).toBe(true)
    expect(checkReport([steady!], true)).toMatchObject({ passed: false, interrupted: true })
    expect(checkReport([steady!, dead!]).passed).toBe(false)
    expect(steady!.report).not.toHaveProperty("samples")
})

test.each([20, 40, 80])("nothing it shows is wider than %i columns, or an escape", width => {
    const run = leakingReport()
    run.program.entry = `/long/${"folder/".repeat(20)}\u001b[31mmain.ts`
    run.outcome.message = "寿".repeat(60) + "\u001b]0;title\u0007"
    const shown = renderCheck(checkRun(run, { maxLiveBytes: 1 }), {
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
        { maxLiveBytes: 9000 },
    )
    expect(report.log).toEqual(log.slice(-200))
    expect(report.logOmittedLines).toBe(4807)
    expect(expected).toEqual({ maxLiveBytes: 9000 })
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
