import { isKept, type KnownRun } from "../../documents/check/baseline"
import type { FigureValues, StructureUse } from "../../documents/check/figures"
import type {
    Budget,
    BudgetLimit,
    BudgetResult,
    ChangedFigure,
    CheckFailure,
    FailurePlace,
    Part,
} from "../../documents/check/report"
import { changedPartText, partText } from "./change-text"
import { differenceOf } from "./explain-change"
import { formatFigure, formatLimit, isBetterHigh, labelOf } from "./figure-text"

/** What a run is held to its budgets with. */
export interface Held {
    figures: FigureValues
    structures: readonly StructureUse[]
    /** What it was before, if that is known and can be compared. */
    before?: KnownRun | undefined
    /** What that is called. */
    against?: string | undefined
}

/** Why a relative budget is neither kept nor not where there is nothing to compare with. */
export const NO_BASELINE =
    "it is relative, and there is no baseline: heapscope check --update-baseline makes one"

/** Lines that a failure names. */
const MAX_PLACES = 4

/** How each budget was kept, those of structures for each that they are about. */
export function judgeBudgets(budgets: readonly Budget[], held: Held): BudgetResult[] {
    return budgets.flatMap(budget => {
        const { figure, structure } = budget
        if (figure !== "highWaterMark" && figure !== "refused")
            return [judge(budget, held.figures[figure], held.before?.figures[figure], held)]
        const known = held.structures.filter(({ name }) => structure === "*" || name === structure)
        if (known.length === 0)
            return [
                {
                    ...judge(budget, null, null, held),
                    because: `there is no ${structure} at the end`,
                },
            ]
        return known.map(use => {
            const old = held.before?.structures.find(({ name }) => name === use.name)
            return judge({ ...budget, structure: use.name }, use[figure], old?.[figure], held)
        })
    })
}

function judge(
    { figure, structure, limit, level, of, reason }: Budget,
    value: number | null,
    before: number | null | undefined,
    { against }: Held,
): BudgetResult {
    const bound = limitValue(limit, before ?? null)
    const over =
        value === null || bound === null
            ? 0
            : Math.max(0, isBetterHigh(figure) ? bound - value : value - bound)
    const isUnknown = bound === null
    return {
        ...{ figure, level, value, limit: bound, over, of },
        ...(structure !== undefined && { structure }),
        ...(reason !== undefined && { reason }),
        ...(isUnknown && {
            because: against === undefined ? NO_BASELINE : `${against} has no value for it`,
        }),
    }
}

/** A limit in the figure's unit; null for one that is relative to nothing. */
function limitValue(limit: BudgetLimit, before: number | null): number | null {
    if ("value" in limit) return limit.value
    if (before === null) return null
    // A part of a byte is no byte more, and rounding is none less.
    const scaled = "byShare" in limit ? before * (1 + limit.byShare) : before + limit.byValue
    return Math.round(scaled * 1e6) / 1e6
}

/** Says of a budget that is not kept by how much, which lines took it, and where to change it. */
export function budgetFailure(
    { figure, structure, value, limit, over, of }: BudgetResult,
    budget: Budget | undefined,
    { change, parts }: { change: ChangedFigure | undefined; parts: readonly Part[] | undefined },
): CheckFailure {
    const show = (is: number) => formatFigure(figure, is)
    const label = labelOf({ figure, ...(structure !== undefined && { structure }) })
    const side = isBetterHigh(figure) ? "under" : "over"
    const isRelative = budget && !("value" in budget.limit)
    const relative = isRelative ? `, ${formatLimit(figure, budget.limit)}` : ""
    const places =
        figure in PLACELESS ? [] : placesOf(figure as ChangedFigure["figure"], change, parts)
    return {
        kind: "budget",
        message: `${show(value!)} ${label}, ${show(over)} ${side} the ${show(limit!)} of ${of}${relative}`,
        figure,
        ...(places.length > 0 && { places }),
    }
}

/** What has no line. */
const PLACELESS: Record<string, true> = { highWaterMark: true, refused: true }

/** The lines that made it more, or else those that most of it is of. */
function placesOf(
    figure: ChangedFigure["figure"],
    change: ChangedFigure | undefined,
    parts: readonly Part[] = [],
): FailurePlace[] {
    const worse = isBetterHigh(figure) ? -1 : 1
    const changed = (change?.parts ?? [])
        .filter(part => differenceOf(part) * worse > 0)
        .flatMap(part => placed(part, changedPartText(figure, part)))
    if (changed.length > 0) return changed.slice(0, MAX_PLACES)
    return [...parts]
        .sort((a, b) => worse * (b.value - a.value))
        .flatMap(part => (part.value * worse > 0 ? placed(part, partText(figure, part)) : []))
        .slice(0, MAX_PLACES)
}

function placed({ file, line }: Pick<Part, "file" | "line">, message: string): FailurePlace[] {
    return file !== undefined && line !== undefined ? [{ file, line, message }] : []
}

/** Budgets that are looser than before, for which nobody says why. */
export function raisedWithoutReason(
    budgets: readonly Budget[],
    before: KnownRun | undefined,
): CheckFailure[] {
    return budgets.filter(isKept).flatMap(({ figure, structure, limit, reason, of }) => {
        const old = before?.budgets.find(
            one => one.figure === figure && one.structure === structure,
        )
        if (!old || !isLooser(figure, old.limit, limit)) return []
        if (reason !== undefined && reason !== old.reason) return []
        const verb = isBetterHigh(figure) ? "lowered" : "raised"
        const why = reason === undefined ? "without a reason" : "with the reason of before"
        return [
            {
                kind: "budget",
                message: `${of} was ${verb} from ${formatLimit(figure, old.limit)} to ${formatLimit(figure, limit)} ${why}: say why it may be, { limit, reason }`,
                figure,
            },
        ]
    })
}

/** Only of two that are said in the same way: what else is looser, the figures will say. */
function isLooser(figure: Budget["figure"], old: BudgetLimit, now: BudgetLimit): boolean {
    const sign = isBetterHigh(figure) ? -1 : 1
    if ("value" in old && "value" in now) return (now.value - old.value) * sign > 0
    if ("byValue" in old && "byValue" in now) return (now.byValue - old.byValue) * sign > 0
    if ("byShare" in old && "byShare" in now) return (now.byShare - old.byShare) * sign > 0
    return false
}
