import { setImmediate } from "node:timers/promises"
import type { HeapGraph } from "../model/graph/graph"
import type { Program } from "../compiler/node/build"
import { loadVm } from "./node/load-vm"
import { SimulatedBoard } from "./simulated-board"

/** Simulated time by which a program has made what it makes at its start, in milliseconds. */
const START_MS = 2000
/** Real time after which it is taken as it is, in milliseconds. */
const MAX_REAL_MS = 1000
/** Real milliseconds at a stretch. */
const BREATH_MS = 40
const SEED = 1

/**
 * The object graph of a program that has just started, on a simulated board with nothing connected.
 * @param heapBytes nominal size of the board's heap
 * @returns undefined when it dies at once
 */
export async function simulatedHeap(
    { bytecode, settings, debug }: Program,
    heapBytes: number,
    signal?: AbortSignal,
): Promise<HeapGraph | undefined> {
    const board = new SimulatedBoard(loadVm(), { heapBytes, seed: SEED })
    board.load(bytecode, settings)
    const end = performance.now() + MAX_REAL_MS
    let isAlive = true
    while (isAlive && board.nowMs < START_MS && performance.now() < end) {
        // A link that is open meanwhile goes on.
        const pause = performance.now() + BREATH_MS
        while (isAlive && board.nowMs < START_MS && performance.now() < pause)
            isAlive = board.step(START_MS)
        await setImmediate()
        signal?.throwIfAborted()
    }
    return board.death ? undefined : board.graph(debug)
}
