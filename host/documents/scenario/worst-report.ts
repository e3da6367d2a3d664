import type { ScenarioFile } from "./scenario"

export const WORST_SCHEMA = "heapscope/worst@1"

/** What `sim --worst --json` prints: the worst that was found to happen to a program's memory. */
export interface WorstReport {
    schema: typeof WORST_SCHEMA
    program: { entry: string }
    board: { id: string; chip: string; heapBytes: number }
    /** Simulated milliseconds of each run. */
    forMs: number
    /** Of the search. */
    seed: number
    /** Runs of the search, those that left out what does not matter, and those on other heaps. */
    runs: { searched: number; simplified: number; heaps: number }
    /** Nobody does anything but the made-up world. */
    usual: WorstCase
    worst: WorstCase & {
        /** The run of the search that found it, from 1. */
        foundAtRun: number
        /** What happens in it: seed, servers and steps. */
        scenario: ScenarioFile
        /** Runs it again: one line of a shell. */
        command: string
    }
    /** Heaps that the worst case was run on. */
    heap: SmallestHeap
}

/** What a run came to, on the largest heap that the VM takes. */
export interface WorstCase {
    /** The most ever live, in bytes. */
    highWaterLiveBytes: number
    /** It died, of what. */
    died?: string
}

/** The smallest heap on which the worst case lives. Sizes are nominal, in bytes. */
export interface SmallestHeap {
    /** It lives on this, and dies on one with 8 bytes less; null when it dies on the largest, too. */
    smallestBytes: number | null
    /** What it dies of on one with 8 bytes less. */
    diesBelow?: string
    /** Sizes that were tried above it: it lives on all of them. */
    tried: number[]
    /** Sizes below on which it lives by luck, though it dies on a larger one: it collects at other moments. */
    lucky: number[]
    /** Larger sizes than one of those on which it dies. */
    deadly: number[]
}
