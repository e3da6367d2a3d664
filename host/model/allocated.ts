import type { BlockType } from "./heap/block"

/** A call that was open: its function, and the line it was at. */
export interface OpenCall {
    function: string
    /** Where the function is declared; from 1. */
    declared?: { file: string; line: number }
    at?: { file: string; line: number }
    /** The line is a library's. */
    library: boolean
}

/** What was allocated with the same calls open, of one type of block. */
export interface AllocatedPath {
    /** Indices of calls, the innermost first; none when the runtime itself allocated. */
    calls: number[]
    type: BlockType
    bytes: number
    allocations: number
    /** Of it, what is live now. */
    liveBytes: number
    liveBlocks: number
}

/** What a running program has allocated since somebody wanted to know. */
export interface Allocated {
    sinceMs: number
    atMs: number
    calls: OpenCall[]
    /** The heaviest; what the others allocated comes last, without its calls. */
    paths: AllocatedPath[]
}
