import type { BoardTime } from "../../model/board-time"
import type { Cost } from "../cost"
import type { FunctionPlace, ProfileReport } from "../profile-report"

/**
 * What two profiles differ in, schema `heapscope/profile-difference@1`: what `heapscope profile --json` prints
 * with `--against`, `--base` or `--from`. The differences of all lines add up to that of `total`, and so do
 * those of all functions, and of the tree's sites. What is the same in both is left out.
 */
export interface ProfileDifferenceReport {
    schema: typeof PROFILE_DIFFERENCE_SCHEMA
    /** What the two are of: of moments, `before` is the run up to the first, and `after` that up to the second. */
    of: "programs" | "commits" | "moments"
    before: DifferenceSide
    after: DifferenceSide
    /** Every line that differs, the most first. */
    lines: ChangedLine[]
    /** Every function that differs, the most first; `cost` is that of its own lines. */
    functions: ChangedFunction[]
    /** The call tree; its root is no call. */
    tree: ChangedCall
}

export const PROFILE_DIFFERENCE_SCHEMA = "heapscope/profile-difference@1"

/** One of the two profiles. */
export interface DifferenceSide extends Pick<
    ProfileReport,
    "program" | "board" | "simulated" | "boardTime" | "total" | "live" | "temporary"
> {
    /** `src/main.ts`, `main at 1a2b3c4`, `10 s`. */
    name: string
    /** In a few words, how its run ended; absent of a moment in the midst of one. */
    headline?: string
}

/** What it was, and what it is; nothing where it was not there. */
export interface Changed {
    before: Cost
    after: Cost
}

/** What takes of the board's processor, too. */
export interface ChangedInTime extends Changed {
    boardTime: { before: BoardTime; after: BoardTime }
}

/** A line, by where it stands now; one that is gone, by where it stood. */
export interface ChangedLine extends ChangedInTime {
    place: string
    file?: string
    line?: number
    library: boolean
}

export interface ChangedFunction extends FunctionPlace, ChangedInTime {}

/** A function at the end of one path of calls, with all below. */
export interface ChangedCall extends FunctionPlace, Changed {
    sites: ChangedSite[]
    children: ChangedCall[]
}

export interface ChangedSite extends Changed {
    line?: number
    /** Type of block. */
    type: string
}

/** By how much a figure of two costs differs. */
export function changeOf({ before, after }: Changed, of: (cost: Cost) => number): number {
    return of(after) - of(before)
}
