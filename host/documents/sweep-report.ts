import type { Outcome } from "./sim-report"

export const SWEEP_SCHEMA = "heapscope/sweep@1"

/** Programs run with one constant at several values: what `--sweep --json` prints. */
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
    /** Of each size of heap, and the boards that have it: from which value on the program dies there. */
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
    /** Ids of the boards that have such a heap, and on which it is so. */
    boards: string[]
    /** The least value with which the program dies; null when it lives with all. */
    diesFrom: number | null
    /** What it dies of with that value. */
    panicName?: string
}

/**
 * From `n` on, `better` takes no more than `worse` does, up to the last value, where it takes less; `n` is
 * the first value when it is so with all.
 */
export interface BreakEven {
    figure: SweepFigure
    better: string
    worse: string
    n: number
}
