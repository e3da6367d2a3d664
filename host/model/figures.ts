/** A place in the program's source. `file` is as the one who made the frame names files. */
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
    /** The most ever used. Follows every allocation; of a real board, the moments it was looked at. */
    highWaterUsedBytes: number
    /** The most ever live, likewise. */
    highWaterLiveBytes: number
    /** By `BlockType`, without `free`. */
    byType: Record<string, { blocks: number; bytes: number }>
}

export interface GcFigures {
    collections: number
    allocations: number
    allocatedBytes: number
}

/** How near a program came to the VM's limits of calls and of instructions without waiting. */
export interface StackUse {
    /** The most functions of the program that were open in a fiber at once; the VM ends it beyond 100. */
    deepestCall: number
    /** The most bytes that the call frames of a fiber took of the heap at once. */
    mostFrameBytes: number
    /** The most instructions that ran without waiting; at 131,072 the VM ends the program. */
    longestTurn: number
}

/** The VM's limits (`DEVS_MAX_CALL_DEPTH`, `DEVS_MAX_STEPS`). */
export const STACK_LIMITS = { calls: 100, turn: 131_072 } as const

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
