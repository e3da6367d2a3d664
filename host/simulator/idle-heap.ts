import { SimulatedBoard, type BoardOptions } from "./simulated-board"

/** What a board's firmware takes of the heap before any program: its pins, and the VM's own tables. */
export interface IdleHeap {
    /** What boots leave behind included. */
    usedBytes: number
    liveBytes: number
}

/** Simulated time by which a board without a program has booted, in milliseconds. */
const BOOT_MS = 2000
const SEED = 1

/** The heap of this very board without a program, found by booting it. */
export function idleHeap(
    module: WebAssembly.Module,
    { heapBytes, configuration, features }: Omit<BoardOptions, "seed">,
): IdleHeap {
    const board = new SimulatedBoard(module, {
        ...{ heapBytes, seed: SEED },
        ...(configuration && { configuration }),
        ...(features && { features }),
    })
    board.runUntil(BOOT_MS)
    const { usedBytes, liveBytes } = board.sample()
    return { usedBytes, liveBytes }
}
