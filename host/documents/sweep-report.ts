import type { Outcome } from "./sim-report"

export const SWEEP_SCHEMA = "heapscope/sweep@1"

/** Programs run with one constant at several values: what `heapscope sim --sweep --json` prints. */
export interface SweepReport {
    schema: typeof SWEEP_SCHEMA
    /** The constant of the program that was varied. */
    name: string
    board: { id: string; chip: string; heapBytes: number }
    vm: { version: string }
    /** Simulated milliseconds of each run. */
    forMs: number
    series: SweepSeries[]
    /** Where one series begins to take less than another, by figure; only with more than one. */
    breakEvens: BreakEven[]
}

/** One program over all values. */
export interface SweepSeries {
    entry: string
    /** By ascending `n`. */
    points: SweepPoint[]
    /** Of each size of heap that boards have: from which value on it is too small. */
    deaths: SweepDeath[]
}

export interface SweepPoint {
    n: number
    outcome: Pick<Outcome, "kind" | "panicName">
    /** The most bytes ever live. */
    liveBytes: number
    allocatedBytes: number
    boardTimeMs: number
    bytecodeBytes: number
}

/** Figures that a sweep is about. */
export const SWEEP_FIGURES = ["liveBytes", "allocatedBytes", "boardTimeMs"] as const
export type SweepFigure = (typeof SWEEP_FIGURES)[number]

export interface SweepDeath {
    heapBytes: number
    /** Ids of the boards that have such a heap. */
    boards: string[]
    /** The least value with which the program dies; null when it lives with all. */
    diesFrom: number | null
}

/** From `n` on, `better` takes no more than `worse` does, up to the last value. */
export interface BreakEven {
    figure: SweepFigure
    better: string
    worse: string
    n: number
}
