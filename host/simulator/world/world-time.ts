import type { BoardTime } from "../door"

/** The board's time, and what a part of the world plans in it. */
export interface WorldTime extends BoardTime {
    /** Has `action` called in this many simulated milliseconds. @returns cancels it */
    after(ms: number, action: () => void): () => void
}
