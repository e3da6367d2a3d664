import type { HeapFigures, LogLine, Sample, StackFrame } from "./figures"

/**
 * What a source (a simulated board, a real one, a recording) tells, in order of time. Times are the
 * source's own milliseconds; a sink never knows which source it has.
 */
export type MemoryEvent =
    | SampleEvent
    | ({ kind: "log" } & LogLine)
    /** A collection ended and left this much: exactly the live bytes of that moment. */
    | { kind: "gc"; atMs: number; liveBytes: number }
    | { kind: "panic"; atMs: number; code: number; stack?: StackFrame[] }
    /** The figures of the structures that the program's agent reports, all or some of them. */
    | { kind: "structures"; atMs: number; structures: StructureFigures[] }
    /** The whole heap, exactly, because somebody asked. */
    | { kind: "snapshot"; atMs: number; heap: HeapFigures }
    /** How the source reaches its board, told at every change. */
    | { kind: "link"; atMs: number; phase: LinkPhase; message: string }
    /** Somebody wants to find this moment again. */
    | { kind: "mark"; atMs: number; text: string }

/** The heap at one moment: exact, unless it says how far it may be off. */
export type SampleEvent = { kind: "sample"; estimate?: Estimate } & Sample

/**
 * A sample worked out from what a running program can learn of its own heap. Of `allocations`
 * nothing is known then (it is 0), and the other counts are the least there can have been.
 */
export interface Estimate {
    /** By how much `usedBytes` may be off to either side. */
    errorBytes: number
}

/** A bounded structure on the board, counted in its elements. */
export interface StructureFigures {
    name: string
    length: number
    capacity: number
    highWaterMark: number
    refused: number
}

/** As `host/link/link.ts` has them. */
export type LinkPhase = "closed" | "connecting" | "open" | "silent" | "lost"
