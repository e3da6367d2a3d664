import type { LogLine, Sample } from "./figures"

/**
 * What a source (a simulated board, a real one, a recording) tells, in order of time. Times are the
 * source's own milliseconds; a sink never knows which source it has.
 */
export type MemoryEvent =
    | ({ kind: "sample" } & Sample)
    | ({ kind: "log" } & LogLine)
    /** A collection ended and left this much: exactly the live bytes of that moment. */
    | { kind: "gc"; atMs: number; liveBytes: number }
    | { kind: "panic"; atMs: number; code: number }
