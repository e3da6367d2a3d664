import {
    BOARD_CHECK_SCHEMA,
    untoldOfBoard,
    type BoardBudget,
    type BoardCheckReport,
    type BoardFigure,
    type BoardFigureName,
} from "../../documents/check/board-check"
import type { Budget, CheckFailure } from "../../documents/check/report"
import type { Judgement } from "../../model/judgement"
import type { BoardFigures, ReportedStructure } from "./board-figures"
import { formatFigure, isBetterHigh, labelOf } from "./figure-text"

/** What was seen of a board. */
export interface SeenBoard extends Pick<
    BoardCheckReport,
    "address" | "program" | "board" | "watchedMs"
> {
    figures: BoardFigures
    judgement: Judgement
    /** How often the program died, and what a death said. */
    deaths: number
    /** It is another program than was named. */
    isOther: boolean
    isInterrupted: boolean
}

/** What narrows a figure's error. */
const NARROWED = "--exact-every 30s narrows it, for which the program stands still each time"

/** Holds what was seen of a board against its budgets. What nobody can tell is not kept. */
export function judgeBoard(budgets: readonly Budget[], seen: SeenBoard): BoardCheckReport {
    const { figures: all, judgement, address, program, board, watchedMs, isInterrupted } = seen
    const figures = all.figures()
    const structures = all.reported()
    const results = budgets.flatMap(budget => judgeBudget(budget, figures, structures))
    const failures = runFailures(seen)
    const warnings: CheckFailure[] = []
    for (const result of results) {
        const message = messageOf(result)
        if (message === undefined) continue
        const failure: CheckFailure = { kind: "budget", message, figure: result.figure }
        ;(result.level === "error" ? failures : warnings).push(failure)
    }
    return {
        schema: BOARD_CHECK_SCHEMA,
        passed: failures.length === 0 && !isInterrupted,
        ...{ address, program, board, watchedMs: Math.round(watchedMs) },
        ...{ samples: all.samples, exactReadings: all.exactReadings },
        ...{ failures, warnings, figures, budgets: results, judgement },
        ...(isInterrupted && { interrupted: true }),
    }
}

function judgeBudget(
    budget: Budget,
    figures: Partial<Record<BoardFigureName, BoardFigure>>,
    structures: ReadonlyMap<string, ReportedStructure>,
): BoardBudget[] {
    const { figure, structure, level, of, reason, limit } = budget
    const base = {
        ...{ figure, level, of, ...(reason !== undefined && { reason }) },
        ...(structure !== undefined && { structure }),
        ...{ value: null, limit: "value" in limit ? limit.value : null, over: 0 },
    }
    const because = untoldOfBoard(budget)
    if (because !== undefined) return [{ ...base, verdict: "left out", because }]
    if (figure !== "highWaterMark" && figure !== "refused") {
        const found = figures[figure as BoardFigureName]
        return [found ? held(base, found) : { ...base, verdict: "not told", because: NOBODY }]
    }
    const known = [...structures].filter(([name]) => structure === "*" || name === structure)
    if (known.length === 0) {
        const names = [...structures.keys()].join(", ") || "none"
        const reported = `the agent reports no ${structure === "*" ? "structure" : structure} (it reports ${names})`
        return [{ ...base, verdict: "not told", because: reported }]
    }
    return known.map(([name, use]) => {
        const value = use[figure]
        return held({ ...base, structure: name }, { value, least: value, most: value })
    })
}

const NOBODY = "nobody told of it: the program has to link the agent, and to be watched for longer"

/** @param base of a budget with a value for its limit */
function held(base: Omit<BoardBudget, "verdict">, found: BoardFigure): BoardBudget {
    const { value, least, most } = found
    const limit = base.limit!
    const isHigh = isBetterHigh(base.figure)
    const over = Math.max(0, isHigh ? limit - most : least - limit)
    const isKept = isHigh ? least >= limit : most <= limit
    const told = { ...base, value, range: { least, most } }
    if (over > 0) return { ...told, over, verdict: "exceeded" }
    if (isKept) return { ...told, verdict: "kept" }
    const because = `the limit is within its error; ${NARROWED}`
    return { ...told, verdict: "not told", because }
}

/** What is wrong with a run, whatever it takes. */
function runFailures({ judgement, deaths, isOther, figures, address }: SeenBoard): CheckFailure[] {
    const failure = (message: string): CheckFailure => ({ kind: "outcome", message })
    const isSilent = judgement.kind === "waiting" || judgement.kind === "not-exercised"
    return [
        ...(isOther
            ? [failure(`${address} runs another program than was named: heapscope deploy sends it`)]
            : []),
        ...(judgement.severity === "bad" || isSilent ? [failure(judgement.headline)] : []),
        ...(deaths > 0 && judgement.severity !== "bad"
            ? [
                  failure(
                      `it died ${deaths === 1 ? "once" : `${deaths} times`}, and was started again`,
                  ),
              ]
            : []),
        ...(figures.samples + figures.exactReadings === 0 && !isSilent
            ? [failure("nobody told of a heap")]
            : []),
    ]
}

/** Of a budget that is not kept for certain; undefined of the others. */
function messageOf(budget: BoardBudget): string | undefined {
    const { figure, verdict, over, limit, of, because } = budget
    const label = labelOf(budget)
    const show = (value: number) => formatFigure(figure, value)
    if (verdict === "exceeded") {
        const side = isBetterHigh(figure) ? "under" : "over"
        return `${rangeText(budget)} ${label}, ${show(over)} ${side} the ${show(limit!)} of ${of}`
    }
    if (verdict !== "not told") return undefined
    const measured = budget.range ? `${rangeText(budget)} ${label}, ` : ""
    return `not told: ${measured}${of} ${limit === null ? "" : `is ${show(limit)}: `}${because}`
}

/** `12,100 B to 12,900 B`, or the value alone where it is exact. */
export function rangeText({
    figure,
    value,
    range,
}: Pick<BoardBudget, "figure" | "value" | "range">): string {
    const show = (one: number) => formatFigure(figure, one)
    if (value === null || !range) return ""
    return range.least === range.most
        ? show(value)
        : `${show(Math.round(range.least))} to ${show(Math.round(range.most))}`
}
