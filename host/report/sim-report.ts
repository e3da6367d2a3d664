/**
 * The report of one simulated run, schema `heapscope/sim-report@1`: what `heapscope sim --json`
 * prints. Bytes are exact. Times are simulated milliseconds unless the field says wall.
 * The same run twice gives the same document, `wall` aside.
 */
export interface SimReport {
    schema: typeof SIM_REPORT_SCHEMA
    program: { entry: string; bytecodeBytes: number }
    /** `heapBytes` is the heap's nominal size; `heap.capacityBytes` is what blocks can use of it. */
    board: { id: string; chip: string; heapBytes: number }
    vm: { version: string }
    simulated: { ms: number }
    /** Real time the run took. The only part that differs between two runs of the same program. */
    wall: { ms: number }
    outcome: Outcome
    heap: HeapFigures
    gc: GcFigures
    trend: Trend
    /** Present when asked for (`--samples`). */
    samples?: Sample[]
    log: LogLine[]
    /** Lines left out of `log` after its first 1,000, when there were more than 10,000. */
    logOmittedLines?: number
}

export const SIM_REPORT_SCHEMA = "heapscope/sim-report@1"

/** How the run ended. */
export interface Outcome {
    kind: "running" | "finished" | "panicked" | "expected-text" | "failed-text" | "timed-out"
    /** The VM's panic code, 60000 and up (`DEVS_PANIC_*` in `devicescript.h`). */
    panicCode?: number
    panicName?: PanicName
    /** When it ended, if not at the end of the simulated time. */
    atMs?: number
    /** Out of memory only: size of the request that failed, header included. */
    requestedBytes?: number
    verdict?: Verdict
    /** One to three plain sentences: what happened and what it means. */
    message?: string
    /** Innermost frame first. */
    stack?: StackFrame[]
    /** Out of memory only: the line of the program whose allocations held the most live bytes. */
    heldAt?: HeldAt
}

/** A place in the program, and what its allocations still hold. */
export interface HeldAt extends StackFrame {
    liveBytes: number
    blocks: number
}

export type PanicName =
    | "out-of-memory"
    | "stack-overflow"
    | "unhandled-exception"
    | "endless-loop"
    | "bad-program"
    | "program-panic"

/**
 * Why a program died. The first four are ways to run out of memory:
 * `leak`: live bytes rose steadily over time and never came down;
 * `growth`: live data grew past the heap without having run long enough to call it a leak;
 * `fragmentation`: enough free bytes, no hole large enough;
 * `big-request`: one request that could not fit beside what the program needs anyway.
 */
export type Verdict =
    | "leak"
    | "growth"
    | "fragmentation"
    | "big-request"
    | "stack-overflow"
    | "unhandled-exception"
    | "endless-loop"
    | "bad-program"
    | "program-panic"

/** A place in the program's source. `file` is as the compiler names it, relative to the project. */
export interface StackFrame {
    function: string
    file: string
    /** From 1. */
    line: number
    /** From 1. */
    column: number
}

/** Figures of one heap at one moment. `usedBytes + freeBytes === capacityBytes`. */
export interface HeapFigures {
    /** Bytes usable by blocks. */
    capacityBytes: number
    /** Bytes in blocks that are not free, garbage included. */
    usedBytes: number
    /** Bytes reachable from the roots: what stays after a collection. */
    liveBytes: number
    freeBytes: number
    largestFreeBytes: number
    /** 1 - largest free / free; 0 when nothing is free. */
    fragmentation: number
    /** All blocks, free ones included: the VM's own count of objects. */
    blocks: number
    freeBlocks: number
    /** The most ever used. Follows every allocation. */
    highWaterUsedBytes: number
    /** The most ever live. Follows every allocation. */
    highWaterLiveBytes: number
    /** By `BlockType`, without `free`. */
    byType: Record<string, { blocks: number; bytes: number }>
}

export interface GcFigures {
    collections: number
    allocations: number
    allocatedBytes: number
}

/** Change of live bytes, from what collections leave. */
export interface Trend {
    /** Slope after the warm-up; negative when live data shrinks. */
    liveBytesPerHour: number
    verdict: "flat" | "growing" | "unclear"
}

/** The heap at one moment, cheap enough to take ten thousand of. */
export interface Sample {
    atMs: number
    usedBytes: number
    liveBytes: number
    freeBytes: number
    largestFreeBytes: number
    /** Counted from the start of the run, as are the two below. */
    collections: number
    allocations: number
    allocatedBytes: number
}

export interface LogLine {
    atMs: number
    level: "log" | "warn" | "error" | "debug" | "runtime"
    text: string
}
