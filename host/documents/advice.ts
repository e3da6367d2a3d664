import type { StackFrame } from "../model/figures"

/** Bytes, or another figure, of something now, and after following an advice. */
export interface Change {
    before: number
    after: number
}

/** How hard a change is, the simplest first. */
export const COMPLEXITIES = ["low", "medium", "high"] as const
export type Complexity = (typeof COMPLEXITIES)[number]

/** What could take less memory, how, and what that would save: worked out, not looked up. */
export interface Advice {
    /** `heapscope lesson <name>` shows the technique, where one does. */
    lesson?: string
    /** What was found: counts, names, bytes. */
    what: string
    /** What to do instead. */
    instead: string
    /** The same in code, for the line of `at`. */
    code?: string
    /** Where most of it is made. */
    at?: StackFrame
    /** The other lines that make some of it: who changes `at` alone saves a part. */
    alsoAt?: StackFrame[]
    /** How many objects, texts, buffers, calls it is about. */
    count: number
    /** Of texts that grow piece by piece: how many sums were on the way to how many texts, and bytes of both. */
    appended?: { sums: number; sumBytes: number; texts: number; textBytes: number }
    /** Live bytes at the end of the run. */
    live?: Change
    /** Bytes allocated over the run. */
    churn?: Change
    /** The most bytes live at once while it is made. */
    peak?: Change
    /**
     * Board time of running what it is about, in milliseconds, allocating and collecting apart: a structure's
     * calls can take more than what they replace.
     */
    workMs?: Change
    /** How hard the change is, as the lesson of its technique says. */
    complexity?: Complexity
    /** Board time of the whole run, in milliseconds: what allocating and running less, or more, does to it. */
    boardTimeMs?: Change
    /** The library's structure that it brings into the program. */
    brings?: string
    /** The one that it takes out of it. */
    drops?: string
    /** Bytes of the program in flash, about. */
    flashBytes?: Change
    /** It ends what the judgement found. */
    endsFault?: true
    /** How the bytes after were worked out. */
    formula: string
}

/** What an advice saves of one figure. */
export function saved(change: Change | undefined): number {
    return change ? change.before - change.after : 0
}

/** So many live bytes are worth a change by themselves. */
export const MIN_LIVE_BYTES = 256

/**
 * What an advice is given for: bytes that stay, or bytes that come and go. The other figure follows from it,
 * and from much that nobody works out, as what calls of other functions take.
 */
export function mainFigure({ live, churn }: Pick<Advice, "live" | "churn">): "live" | "churn" {
    return saved(live) >= MIN_LIVE_BYTES || saved(churn) <= 0 ? "live" : "churn"
}
