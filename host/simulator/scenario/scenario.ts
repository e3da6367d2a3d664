import type { HeapFigures } from "../../model/figures"
import type { WorldControl } from "../world/control"
import type { WorldPlan } from "../world/plan"
import type { Shown } from "../../model/shown"

/** A world of a user's own and what happens in it, read and checked. */
export interface Scenario {
    /** Its file, as it was named. */
    file: string
    about?: string
    plan: WorldPlan
    steps: readonly Step[]
}

/** Something that happens, or is expected. */
export interface Step extends Timing {
    /** `evening.scenario.json:12`. */
    where: string
    /** What it is, in words: `press button`. */
    words: string
    action: Action
}

/** When a step begins. */
export interface Timing {
    /** Not before this, in simulated milliseconds since power-on. */
    atMs?: number
    /** After a log line with this text. */
    after?: string
    /** So long after the line, or with neither of both after the step before. */
    waitMs: number
}

export type Action =
    | {
          kind: "act"
          times: number
          everyMs: number
          /** @returns why it cannot be done, if it cannot */
          act: (control: WorldControl) => string | undefined
      }
    | { kind: "expect-log"; text: string; withinMs: number }
    | {
          kind: "expect-picture"
          /** @returns what is seen in its place */
          differs: (shown: readonly Shown[]) => string | undefined
          withinMs: number
      }
    | { kind: "assert"; tests: readonly FigureTest[] }
    | { kind: "snapshot"; name: string }

/** What a figure has to be. */
export interface FigureTest {
    /** As it was written: `live < 20kB`. */
    words: string
    figure: Figure
    compare: "<" | "<=" | ">" | ">=" | "=="
    value: number
}

/** What can be asserted of a heap, how it is read and whether it is bytes. */
export const FIGURES = {
    live: { unit: "bytes", of: heap => heap.liveBytes },
    used: { unit: "bytes", of: heap => heap.usedBytes },
    free: { unit: "bytes", of: heap => heap.freeBytes },
    largestFree: { unit: "bytes", of: heap => heap.largestFreeBytes },
    fragmentation: { unit: "share", of: heap => heap.fragmentation },
    highWaterLive: { unit: "bytes", of: heap => heap.highWaterLiveBytes },
    highWaterUsed: { unit: "bytes", of: heap => heap.highWaterUsedBytes },
} satisfies Record<string, { unit: "bytes" | "share"; of: (heap: HeapFigures) => number }>

export type Figure = keyof typeof FIGURES
