import type { Judgement } from "../judgement"

/** `heapscope fit --json`: a program under the limits of each board. Times are simulated milliseconds. */
export interface FitReport {
    schema: "heapscope/fit@1"
    program: { entry: string; bytecodeBytes: number; settings: number; settingsBytes: number }
    /** What was asked for. */
    asked: { forMs: number; seed: number; world: string; required: string[] }
    /** In the order that they were asked for, else by name. */
    boards: BoardFit[]
    /** Whether it fits on all that are required; true where none is. */
    passed: boolean
    /** What of the world was made up, in words. */
    madeUp: string[]
    /** What it asked for and nobody answered, in words. */
    unanswered: string[]
    /** Functions of the program that never ran, on the board that ran longest; null where that is not known. */
    neverRan: string[] | null
    interrupted: boolean
}

/**
 * `fits`: with a tenth of the heap and a twentieth of the room for programs to spare; `tight`: with less, or with
 * a warning; `no`: it does not run there for so long; `unclear`: hardly anything of it ran, so nothing is told.
 */
export type FitVerdict = "fits" | "tight" | "no" | "unclear"

export interface BoardFit {
    board: { id: string; name: string; chip: string; heapBytes: number }
    verdict: FitVerdict
    /** Why, a sentence each, the strongest first; empty where it just fits. */
    reasons: string[]
    /** Undefined where it was not run: the program is too large for the board. */
    heap?: FitHeap
    /** When most was live, and what had most of it. */
    worst?: WorstMoment
    /** Of the run; of one that was worked out from another board's, that one's. */
    judgement?: Judgement
    /** Bytes of the bytecode file. */
    program: Room
    /** What the settings of the project take of the table that they are kept in. */
    settings: Room
    /** What it uses and the board has not, in words. */
    lacks: string[]
    run?: FitRunFacts
}

/** How long it ran there. */
export interface FitRunFacts {
    ms: number
    /**
     * The board whose longer run its figures are worked out from: in `ms` the program did the same on both, and
     * what was live differed by what the boards' own pins take.
     */
    from?: string
}

/** Bytes. */
export interface FitHeap {
    capacityBytes: number
    /** The most that was ever live. */
    mostLiveBytes: number
    /** By how much that may be off, where it was worked out from another board's run; 0 where it is exact. */
    offBytes: number
    /** What of the capacity was never live; of a program that died, some of it was no use to it. */
    marginBytes: number
}

/** Bytes that there are, that are taken, and what is left, which may be negative. */
export interface Room {
    roomBytes: number
    takenBytes: number
    marginBytes: number
}

export interface WorstMoment {
    atMs: number
    /** The line that holds most at that moment. */
    file?: string
    line?: number
    function?: string
    /** What it holds: a class, `call frame`, `storage`. */
    what: string
    /** What holds it, as the program reaches that. */
    heldBy?: string
    /** How much the line holds. */
    bytes: number
}
