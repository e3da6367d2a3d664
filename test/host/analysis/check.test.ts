import { createColors } from "picocolors"
import stringWidth from "string-width"
import { expect, test } from "vitest"
import { BUDGETS } from "../../../host/analysis/budgets"
import { checkReport, checkRun } from "../../../host/analysis/check"
import type { BudgetName } from "../../../host/documents/config"
import { renderCheck } from "../../../host/sinks/terminal/check-terminal"
import { leakingReport, steadyReport } from "../sinks/terminal/sample-run"

const live = (limit: number) => ({
    limits: [{ budget: "live" as const, limit, where: "--max-live" }],
})

test("the budget is the most that was ever live, to the byte", () => {
    const run = steadyReport()
    const { highWaterLiveBytes } = run.heap
    expect(checkRun(run, live(highWaterLiveBytes)).passed).toBe(true)
    const over = checkRun(run, live(highWaterLiveBytes - 1))
    expect(over.failures).toMatchObject([{ kind: "budget" }])
    expect(over.failures[0]!.message).toContain(", 1 B over the ")
})

test.each(Object.entries(BUDGETS))("%s is held to the very number", (name, { bound, of }) => {
    const run = steadyReport()
    const value = of(run)
    const beyond = bound === "most" ? value - 1 : value + 1
    const check = (limit: number) =>
        checkRun(run, { limits: [{ budget: name as BudgetName, limit, where: "here" }] })
    expect(value).toBeGreaterThan(0)
    expect(check(value).failures).toEqual([])
    expect(check(beyond).failures).toEqual([
        {
            kind: "budget",
            message: expect.stringMatching(
                bound === "most" ? /, 1( B)? over the .* of here$/ : /, 1 B under the .* of here$/,
            ) as string,
        },
    ])
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
    const shown = renderCheck(checkRun(run, live(1)), {
        colors: createColors(false),
        width,
    })
    expect(shown).not.toContain("\u001b")
    for (const line of shown.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(width)
})
