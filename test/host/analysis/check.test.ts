import { createColors } from "picocolors"
import stringWidth from "string-width"
import { expect, test } from "vitest"
import { checkReport, checkRun } from "../../../host/analysis/check"
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

test("a death fails without a budget, and one failed check fails all", () => {
    const [steady, dead] = [steadyReport(), leakingReport()].map(run => checkRun(run, {}))
    expect(steady!.passed).toBe(true)
    expect(dead!.failures[0]).toMatchObject({ kind: "outcome" })
    expect(checkReport([steady!]).passed).toBe(true)
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
