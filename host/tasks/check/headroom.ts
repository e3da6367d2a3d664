import { HeapscopeError } from "../../base/errors"
import { MAX_HEAP_BYTES, MIN_HEAP_BYTES } from "../../model/heap/heap-memory"
import { run, type RunOptions } from "../../simulator/run"

/** The smallest heap above which every size tried survives: it survives, and 8 bytes less dies. */
export interface Headroom {
    smallestBytes: number
    /** What the board has beyond it; negative for a program that dies on the board. */
    headroomBytes: number
    /** Sizes above the first that survives with which it dies all the same, ascending. */
    deadHeapBytes: number[]
}

/** Sizes of heap differ by this: a block is a multiple of it at least. */
const STEP = 8

/**
 * Searches for the smallest heap with which a program survives its run. A larger heap collects at other
 * moments, so one that is a little larger may be too small all the same: above what survives sizes are
 * tried at growing distances, and the search begins again above one that dies.
 * @returns undefined when it dies with the largest heap there is, or is interrupted
 */
export async function findHeadroom(
    module: WebAssembly.Module,
    options: Omit<RunOptions, "leaks">,
): Promise<Headroom | undefined> {
    const { board, signal } = options
    const known = new Map<number, boolean>()
    const survives = async (heapBytes: number): Promise<boolean> => {
        const found = known.get(heapBytes)
        if (found !== undefined) return found
        const lives = await survivesOn(module, options, heapBytes)
        known.set(heapBytes, lives)
        return lives
    }
    let dies = stepped(MIN_HEAP_BYTES) - STEP
    for (;;) {
        const first = stepped(Math.max(board.heapBytes, dies + STEP))
        let lives = (await survives(first)) ? first : MAX_HEAP_BYTES
        if (!(await survives(lives))) return undefined
        if (lives === MAX_HEAP_BYTES && first < lives) dies = Math.max(dies, first)
        while (lives - dies > STEP) {
            const middle = stepped((lives + dies) / 2)
            if (signal?.aborted) return undefined
            if (await survives(middle)) lives = middle
            else dies = middle
        }
        let above: number | undefined
        for (let size = lives + STEP; size <= MAX_HEAP_BYTES; size = lives + 2 * (size - lives))
            if (!(await survives(size))) above = size
        if (signal?.aborted) return undefined
        if (above === undefined) return result(lives, board.heapBytes, known)
        dies = above
    }
}

function result(
    smallestBytes: number,
    heapBytes: number,
    known: ReadonlyMap<number, boolean>,
): Headroom {
    const sizes = [...known].sort(([a], [b]) => a - b)
    const first = sizes.find(([, lives]) => lives)?.[0] ?? smallestBytes
    return {
        smallestBytes,
        headroomBytes: heapBytes - smallestBytes,
        deadHeapBytes: sizes
            .filter(([size, lives]) => !lives && size > first)
            .map(([size]) => size),
    }
}

async function survivesOn(
    module: WebAssembly.Module,
    options: Omit<RunOptions, "leaks">,
    heapBytes: number,
): Promise<boolean> {
    try {
        const board = { ...options.board, heapBytes }
        const { observers: _, ...rest } = options
        const { report } = await run(module, { ...rest, board })
        return report.outcome.kind !== "panicked"
    } catch (error) {
        if (error instanceof HeapscopeError && error.code === "E_HEAP_TOO_SMALL") return false
        throw error
    }
}

function stepped(bytes: number): number {
    return Math.floor(bytes / STEP) * STEP
}
