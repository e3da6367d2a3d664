import { formatLimit, isBetterHigh, unitOf } from "../../analysis/budgets/figure-text"
import { UserError } from "../../base/errors"
import { named, parseDuration, parseSize } from "../../base/parse-units"
import { CHECK_FIGURES, type CheckFigure, type FigureUnit } from "../../documents/check/figures"
import type { Budget, BudgetLimit } from "../../documents/check/report"
import type { BudgetConfig, BudgetsConfig } from "../../documents/config"
import { STACK_LIMITS } from "../../model/figures"

/** What a budget is called where it was made, by its path below `budgets`. */
export type BudgetNameOf = (path: readonly string[]) => string

/** A change of the baseline's value: `+2%`, `-256B`. */
const CHANGE = /^([+-])\s*(.+?)\s*$/
const SHARE = /^(\d{1,4}(?:\.\d{1,6})?)\s*%$/
const COUNT = /^\d{1,12}(?:\.\d{1,6})?$/

/** How each unit is read. A rate may have its `/s` with it. */
const READERS: Record<FigureUnit, (text: string) => number> = {
    bytes: parseSize,
    "bytes-per-second": text => parseSize(without(text, "/s")),
    "bytes-per-hour": text => parseSize(without(text, "/h")),
    ms: text => parseDuration(COUNT.test(text) ? `${text}ms` : text),
    count: text => readCount(text.replaceAll(",", "")),
    "per-minute": text => readCount(without(text, "/min")),
}

/** Of what the VM itself ends a program at. */
const NEVER: Partial<Record<CheckFigure, number>> = {
    calls: STACK_LIMITS.calls,
    turn: STACK_LIMITS.turn,
}

/**
 * Budgets as they are checked.
 * @param nameOf names each, for messages
 * @throws UserError naming the budget that is none, or could never be kept, or never be exceeded
 */
export function readBudgets(budgets: BudgetsConfig, nameOf: BudgetNameOf): Budget[] {
    const { structures = {}, ...figures } = budgets
    const ofFigures = Object.entries(figures).flatMap(([figure, budget]) =>
        budget === undefined ? [] : [readBudget(figure as CheckFigure, budget, nameOf([figure]))],
    )
    const ofStructures = Object.entries(structures).flatMap(([structure, both]) =>
        (["highWaterMark", "refused"] as const).flatMap(figure => {
            const budget = both[figure]
            const of = nameOf(["structures", structure, figure])
            return budget === undefined ? [] : [{ ...readBudget(figure, budget, of), structure }]
        }),
    )
    return [...ofFigures, ...ofStructures]
}

function readBudget(figure: Budget["figure"], budget: BudgetConfig, of: string): Budget {
    const {
        limit,
        level = "error",
        reason,
    } = typeof budget === "object" ? budget : { limit: budget }
    const bound = named(of, () => readLimit(figure, String(limit)))
    checkPossible(figure, bound, of)
    return { figure, limit: bound, level, ...(reason !== undefined && { reason }), of }
}

function readLimit(figure: Budget["figure"], text: string): BudgetLimit {
    const read = READERS[unitOf(figure)]
    const [, sign, by] = CHANGE.exec(text) ?? []
    if (by === undefined) return { value: read(text) }
    const factor = sign === "-" ? -1 : 1
    const [, percent] = SHARE.exec(by) ?? []
    return percent === undefined
        ? { byValue: factor * read(by) }
        : { byShare: (factor * Number(percent)) / 100 }
}

function checkPossible(figure: Budget["figure"], limit: BudgetLimit, of: string): void {
    const most = figure in NEVER ? NEVER[figure as CheckFigure] : undefined
    if ("value" in limit) {
        if (most !== undefined && limit.value >= most)
            throw impossible(
                `${of} can never be exceeded: the VM ends a program at ${formatLimit(figure, { value: most })} itself`,
            )
        return
    }
    const by = "byShare" in limit ? limit.byShare : limit.byValue
    const isWorse = isBetterHigh(figure) ? by <= 0 : by >= 0
    if (!isWorse)
        throw impossible(
            `${of} ${formatLimit(figure, limit)} could not be kept by what is as it was: it is how much ${isBetterHigh(figure) ? "less" : "more"} than the baseline it may be, so write ${formatLimit(figure, "byShare" in limit ? { byShare: -by } : { byValue: -by })}`,
        )
}

function impossible(message: string): UserError {
    return new UserError("E_VALUE", `${message}.`)
}

function readCount(text: string): number {
    if (!COUNT.test(text))
        throw new UserError("E_VALUE", `${JSON.stringify(text)} is no number: take one from 0 on.`)
    return Number(text)
}

function without(text: string, unit: string): string {
    return text.endsWith(unit) ? text.slice(0, -unit.length) : text
}

/** The names of all figures, for who misspelled one. */
export const FIGURE_NAMES = Object.keys(CHECK_FIGURES) as CheckFigure[]
