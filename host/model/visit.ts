import type { HeapMapEvent } from "./events"
import type { GcFigures, HeapFigures, StackFrame } from "./figures"
import type { RunMoment } from "./run-moment"

/** Where somebody wants to look at a simulated run, which goes on meanwhile. */
export interface VisitRequest {
    to: RunMoment
    /**
     * From there to what made a block or a hole that is there then: the allocation of the one, and of the
     * other what left nothing there. Bytes from the heap's first block.
     */
    maker?: { address: number; bytes: number }
}

/** What a simulated board was at a moment. */
export interface Visit {
    /** How to ask for it again. */
    moment: RunMoment
    /** Simulated milliseconds; there are many moments in one. */
    atMs: number
    heap: HeapFigures
    gc: GcFigures
    /** The heap by address, whole. */
    map: HeapMapEvent
    /** What the program was doing, innermost call first; nothing between two of the board's steps. */
    stack: StackFrame[]
    /** Bytes from the heap's first block: the block that was just made, or is about to be given back. */
    block?: number
    /** From when on there is anything to be visited, in simulated milliseconds. */
    fromMs: number
}
