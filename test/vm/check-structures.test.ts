import { expect, test } from "vitest"
import { checkRun } from "../../host/analysis/check"
import type { Budget } from "../../host/documents/check/report"
import { measure } from "../../host/tasks/check/measure"
import { build, vm } from "./harness"

const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }
const budget = (figure: Budget["figure"], structure: string, value: number): Budget => ({
    ...{ figure, structure, limit: { value }, level: "error" },
    of: `structures.${structure}.${figure}`,
})

test("a structure that refuses on the board is over its budget, and one that is full is not", async () => {
    const program = await build("agent")
    const measured = await measure(vm, { program, board, forMs: 20_000 })
    const { structures } = measured.measured
    const refused = structures.find(({ name }) => name === "refused")!
    // The program pushes one every 300 ms to a ring that keeps two and lets nobody out.
    expect(refused).toMatchObject({ highWaterMark: 2 })
    expect(refused.refused).toBeGreaterThan(50)
    const check = checkRun(measured, {
        budgets: [
            budget("refused", "refused", 0),
            budget("refused", "orders", 0),
            budget("highWaterMark", "orders", 12),
            budget("highWaterMark", "*", 11),
            budget("refused", "nowhere", 0),
        ],
    })
    expect(check.passed).toBe(false)
    expect(check.failures.map(({ message }) => message)).toEqual([
        expect.stringMatching(
            new RegExp(
                `^${refused.refused} refused by refused, ${refused.refused} over the 0 of structures`,
            ),
        ),
        "12 at most in orders, 1 over the 11 of structures.*.highWaterMark",
    ])
    expect(check.budgets.at(-1)).toMatchObject({ because: "there is no nowhere at the end" })
})
