import { beforeAll, describe, expect, test } from "vitest"
import { checkRun } from "../../host/analysis/check"
import {
    ALL_CHECK_FIGURES,
    figureOf,
    readFigures,
    type CheckFigure,
} from "../../host/documents/check/figures"
import { measure } from "../../host/tasks/check/measure"
import { build, vm } from "./harness"

const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }
let alive: Awaited<ReturnType<typeof measure>>
let dead: Awaited<ReturnType<typeof measure>>
beforeAll(async () => {
    const program = await build("live-objects")
    alive = await measure(vm, { program, board, forMs: 2000, headroom: true })
    dead = await measure(vm, { program: await build("die-leak"), board, forMs: 60_000 })
})

function check(figure: CheckFigure, limit: number) {
    const measured = figure === "timeToDeath" ? dead : alive
    const of = `budgets.${figure}`
    return checkRun(measured, {
        budgets: [{ figure, limit: { value: limit }, level: "error", of }],
    })
}

describe.each(ALL_CHECK_FIGURES)("a budget of %s", figure => {
    test("is kept at its value, and by one less of room it is over by one", () => {
        const value = readFigures((figure === "timeToDeath" ? dead : alive).measured)[figure]!
        expect(value).toBeTypeOf("number")
        expect(check(figure, value).budgets[0]).toMatchObject({ value, over: 0 })
        const worse = figureOf(figure).better === "higher" ? value + 1 : value - 1
        const { budgets, failures, passed } = check(figure, worse)
        expect(budgets[0]!.over).toBeCloseTo(1, 6)
        expect(passed).toBe(false)
        expect(failures.find(one => one.figure === figure)!.message).toContain(
            `of budgets.${figure}`,
        )
    })
})
