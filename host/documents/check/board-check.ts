import type { Judgement } from "../judgement"
import type { CheckFigure } from "./figures"
import type { Budget, BudgetResult, CheckFailure } from "./report"

export const BOARD_CHECK_SCHEMA = "heapscope/board-check@1"

/** A real board held to its budgets: the document `check --port --json` prints. */
export interface BoardCheckReport {
    schema: typeof BOARD_CHECK_SCHEMA
    /** Whether it ran, and every budget that fails a check was kept for certain. */
    passed: boolean
    /** Where it was: `/dev/ttyACM0`. */
    address: string
    program: { entry: string }
    board: { id: string; heapBytes: number }
    /** Real milliseconds. */
    watchedMs: number
    /** What the agent told, and how often the whole heap was read exactly. */
    samples: number
    exactReadings: number
    failures: CheckFailure[]
    /** What does not fail it. */
    warnings: CheckFailure[]
    figures: Partial<Record<BoardFigureName, BoardFigure>>
    budgets: BoardBudget[]
    judgement: Judgement
    /** Somebody ended it: nothing is said of the rest. */
    interrupted?: true
}

/** Figures that a real board tells, each with how far it may be off. */
export const BOARD_FIGURES = [
    "live",
    "used",
    "largestFree",
    "growth",
] as const satisfies readonly CheckFigure[]

export type BoardFigureName = (typeof BOARD_FIGURES)[number]

/** A figure of a real board, in its unit: it lies between `least` and `most`. */
export interface BoardFigure {
    value: number
    least: number
    most: number
}

/**
 * How a budget was kept. `not told`: the limit lies within the error of the figure, so nobody knows.
 * `left out`: no real board tells of it, which is known beforehand.
 */
export interface BoardBudget extends BudgetResult {
    verdict: "kept" | "exceeded" | "not told" | "left out"
    /** Absent where there is no value. */
    range?: Pick<BoardFigure, "least" | "most">
}

const NOT_COUNTED = "its firmware does not count it"
const NOT_SEEN = "the agent tells where blocks came to be, not how many there were in between"
const OF_PROGRAM = "it is the program's, on whatever board: check it without --port"

/** Why a figure cannot be told of a real board. */
const UNTOLD: Record<Exclude<CheckFigure, BoardFigureName>, string> = {
    timeToDeath: "who watches it for a while knows no more than that it lives",
    headroom: "it is searched for by runs on smaller heaps",
    ...{ churn: NOT_SEEN, collections: NOT_SEEN, steadyAllocations: NOT_COUNTED },
    flash: OF_PROGRAM,
    bytecode: OF_PROGRAM,
    ...{ boardTime: NOT_COUNTED, calls: NOT_COUNTED, frames: NOT_COUNTED, turn: NOT_COUNTED },
}

/** Why a budget cannot be told of a real board; undefined of one that can. */
export function untoldOfBoard({ figure, limit }: Pick<Budget, "figure" | "limit">) {
    if (!("value" in limit)) return "it is relative, and a baseline is of simulated boards"
    return figure in UNTOLD ? UNTOLD[figure as keyof typeof UNTOLD] : undefined
}
