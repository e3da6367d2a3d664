import type { EachBetter, EachWay, Saving } from "./lessons-report"

export const LESSON_SWEEP_SCHEMA = "heapscope/lesson-sweep@1"

/** What `heapscope lesson X --sweep` prints with `--json`: the programs of a lesson for more and more data. */
export interface LessonSweep {
    schema: typeof LESSON_SWEEP_SCHEMA
    board: { id: string; chip: string; heapBytes: number }
    vm: { version: string }
    lesson: string
    /** The constant that says how much data there is. */
    constant: string
    /** The figure that `bytes` is: what the lesson is about. */
    saves: Saving
    points: SweepPoint[]
    /** The least n of the points from which on it takes fewer bytes than the ordinary way, at all of them. */
    breakEven: EachBetter<number | null>
    /** From which n on each program dies, for each size of heap that boards have. */
    deaths: { heapBytes: number; boards: string[]; from: EachWay<Death | null> }[]
}

/** The programs with n set to this. */
export interface SweepPoint {
    n: number
    programs: EachWay<PointWork>
}

/** What the measured part took on the board, or the panic that the program died of there. */
export type PointWork = { bytes: number; boardTimeMs: number } | { panic: number }

/** The program runs with the one n and dies with the other. */
export interface Death {
    lastGood?: number
    firstBad: number
    panic: number
}
