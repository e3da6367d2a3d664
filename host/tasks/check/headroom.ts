import { run, type RunOptions } from "../../simulator/run"
import { smallestHeap } from "../smallest-heap"

/** The smallest heap above which every size tried survives: it survives, and 8 bytes less dies. */
export interface Headroom {
    smallestBytes: number
    /** What the board has beyond it; negative for a program that dies on the board. */
    headroomBytes: number
    /** Sizes above the first that survives with which it dies all the same, ascending. */
    deadHeapBytes: number[]
}

/**
 * Searches for the smallest heap with which a program survives its run.
 * @returns undefined when it dies with the largest heap there is, or is interrupted
 */
export async function findHeadroom(
    module: WebAssembly.Module,
    options: Omit<RunOptions, "leaks">,
): Promise<Headroom | undefined> {
    const { board, signal } = options
    const { observers: _, ...rest } = options
    const { smallestBytes, deadly } = await smallestHeap(async heapBytes => {
        // What is interrupted tells nothing: the search comes to its end at once.
        if (signal?.aborted) return undefined
        const { report } = await run(module, { ...rest, board: { ...board, heapBytes } })
        const { kind, panicName = "panic" } = report.outcome
        return kind === "panicked" ? panicName : undefined
    })
    if (smallestBytes === null || signal?.aborted) return undefined
    const headroomBytes = board.heapBytes - smallestBytes
    return { smallestBytes, headroomBytes, deadHeapBytes: deadly }
}
