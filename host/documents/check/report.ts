import type { CheckFigure, FigureValues, Measured, PartsOf, StructureUse } from "./figures"
import type { SimReport } from "../sim-report"
import type { RunPictures } from "./pictures"

export const CHECK_REPORT_SCHEMA = "heapscope/check-report@1"

/** What a run has to keep to. */
export interface Expectations {
    budgets?: readonly Budget[]
    /** A text the program has to print. */
    untilText?: string
    /** Containers that may grow, as leaks are named: somebody knows, and it ends or does not matter. */
    accept?: readonly string[]
}

/** What a figure may be at most, or has to be at least, as it has it. */
export interface Budget {
    figure: CheckFigure | "highWaterMark" | "refused"
    /** The structure, of `highWaterMark` and `refused`: as the program reaches it, or `*` for each. */
    structure?: string
    limit: BudgetLimit
    level: "error" | "warning"
    /** Why it is what it is: wanted of one that is looser than the baseline has it. */
    reason?: string
    /** Where that was said, to change it there. */
    of: string
}

/** A value, or so much more (or less) than the baseline has: in the figure's unit, or a part of it. */
export type BudgetLimit = { value: number } | { byValue: number } | { byShare: number }

/** A place that has a part in a figure. What it cannot be told of is left out. */
export interface Part {
    /** Of the program, or of the library that runs without one of its lines; none is the runtime itself. */
    function?: string
    file?: string
    /** From 1. Where it stood when it was measured: other than the others it may change of itself. */
    line?: number
    /** The line, without what is around it. */
    text?: string
    /** `Order`, `call frame`, `text "ready"`; `function` of a part of the code. */
    what: string
    /** The storage of what is named, which this line made grow. */
    isGrown?: true
    /** What holds it, as the program reaches that: `station.history`. */
    heldBy?: string
    /** In the figure's unit. */
    value: number
    /** Blocks, or allocations; of an image how many of it, 1 but of numbers. */
    count: number
}

/** What figures are made of: of each, the parts add up to what it is. */
export type Parts = Partial<Record<PartsOf, Part[]>>

/** A program on a board: all its figures, and what they are made of. */
export interface Measurement {
    measured: Measured
    parts: Parts
    /** Sizes of heap above the least with which it survives with which it dies; only where that was searched for. */
    deadHeapBytes?: number[]
    /** Present when asked for. */
    pictures?: RunPictures
}

/** A part with what it was before, and is now. */
export interface ChangedPart extends Omit<Part, "value" | "count"> {
    value: [before: number, after: number]
    count: [before: number, after: number]
}

/** A figure that is another than before, and why. */
export interface ChangedFigure {
    figure: CheckFigure
    before: number | null
    after: number | null
    /** after - before; null where one of them has no value. */
    difference: number | null
    /** The most first; their differences add up to `difference`. Absent where nobody can say. */
    parts?: ChangedPart[]
}

/** What a program takes against what it took. */
export interface CheckChange {
    /** What it is held against: `heapscope.baseline`, `main at 1a2b3c4`, `old.json`. */
    against: string
    /** It is not there. */
    isNew?: true
    /** It cannot be compared: another time, seed or heap. */
    because?: string
    figures: ChangedFigure[]
}

/** How a budget was kept. */
export interface BudgetResult {
    figure: Budget["figure"]
    structure?: string
    level: Budget["level"]
    /** Null where the figure has none. */
    value: number | null
    /** What it had to keep to; null for one that is relative to what is not known. */
    limit: number | null
    /** By how much it is not kept; 0 where it is. */
    over: number
    of: string
    reason?: string
    /** Why it is neither kept nor not. */
    because?: string
}

/** Why a check fails, or warns: the program died or did not do what it was to, leaks, or takes too much. */
export interface CheckFailure {
    kind: "outcome" | "leak" | "budget"
    message: string
    /** Of a budget: the figure. */
    figure?: Budget["figure"]
    /** The line that took it, with how much. */
    places?: FailurePlace[]
}

/** A line that a failure is about, and in words what it did. */
export interface FailurePlace {
    file: string
    line: number
    message: string
}

/** One program on one board. */
export interface Check {
    passed: boolean
    failures: CheckFailure[]
    /** What does not fail it. */
    warnings: CheckFailure[]
    /** What it was held against, beside that nothing dies or grows without an end. */
    expected: Expectations
    figures: FigureValues
    structures: StructureUse[]
    budgets: BudgetResult[]
    parts: Parts
    /** The most live in each of 32 equal parts of the time that it ran. */
    liveOverTime: number[]
    /** Sizes of heap above the least with which it survives with which it dies; only where that was searched for. */
    deadHeapBytes?: number[]
    /** Against the baseline, if there is one. */
    change?: CheckChange
    /** As `sim --leaks --json` gives it, without samples, with the last 200 lines of the log. */
    report: Omit<SimReport, "samples">
}

/** The document `check --json` prints. */
export interface CheckReport {
    schema: typeof CHECK_REPORT_SCHEMA
    passed: boolean
    /** In the order of the programs, and of the boards of each. */
    checks: Check[]
    /** Which part of all checks these are: each that many-th from there on. */
    shard?: Shard
    /** What the baseline has and was not checked: `src/old.ts on pico`. */
    vanished?: string[]
    /** Somebody ended it: `checks` are those that were done, and nothing is said of the others. */
    interrupted?: true
    /** How many checks there were to be, where they are not all there. */
    planned?: number
}

/** A part of all checks: `--shard 2/5`. */
export interface Shard {
    /** From 1. */
    number: number
    of: number
    /** How many checks there are in all. */
    planned: number
}
