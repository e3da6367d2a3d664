import type { MemoryEvent } from "../../model/events"
import type { Program } from "../../model/program/program"
import { SimulatedBoard } from "../../simulator/simulated-board"

/** The numbers of elements at which a structure is measured. */
export const SIZES = [0, 1, 10, 100, 1000] as const

/** What a program prints when it is loaded and holds nothing yet, and then for each size. */
const LOADED = "loaded"
const KEPT = "kept"
const SEED = 1
/** Simulated time in which a program must have printed it for each size, in milliseconds. */
const LIMIT_MS = 60_000

/** Live bytes of the whole heap. */
export interface KeptBytes {
    /** With the program loaded: its globals and what its classes take. */
    loaded: number
    /** While it holds the elements of each size; undefined from where the heap was too small. */
    bySize: (number | undefined)[]
}

/**
 * Measures a program that holds each number of elements in turn (`test/vm/programs/measure/keep.ts`).
 * @throws Error when the program dies of anything but lack of memory or is not through in time
 */
export function keptBytes(
    module: WebAssembly.Module,
    program: Program,
    heapBytes: number,
): KeptBytes {
    let loaded: number | undefined
    const kept: number[] = []
    const onEvent = (event: MemoryEvent) => {
        if (event.kind !== "log") return
        if (event.text === LOADED) loaded = board.tracker.liveBytes()
        if (event.text === KEPT) kept.push(board.tracker.liveBytes())
    }
    const board = new SimulatedBoard(module, { heapBytes, seed: SEED, onEvent })
    board.load(program.bytecode)
    board.runUntil(LIMIT_MS, () => kept.length === SIZES.length)
    const { death } = board
    if (loaded === undefined || (kept.length < SIZES.length && death?.requestedBytes === undefined))
        throw new Error(
            `${program.entry} ${death ? `died with panic ${death.code}` : "was not through in time"}`,
        )
    return { loaded, bySize: SIZES.map((_, i) => kept[i]) }
}
