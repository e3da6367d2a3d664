import { pace } from "./pace"
import type { HeapGraph } from "../model/graph/graph"
import type { Program } from "../model/program/program"
import { SimulatedBoard, type BoardOptions } from "./simulated-board"

/** Simulated time by which a program has made what it makes at its start, in milliseconds. */
const START_MS = 2000
/** Real time after which it is taken as it is, in milliseconds. */
const MAX_REAL_MS = 1000
const SEED = 1

/**
 * The object graph of a program that has just started, on a simulated board with nothing connected.
 * @returns undefined when it dies at once
 */
export async function simulatedHeap(
    module: WebAssembly.Module,
    { bytecode, settings, debug }: Program,
    { heapBytes, configuration, features }: Omit<BoardOptions, "seed">,
    signal?: AbortSignal,
): Promise<HeapGraph | undefined> {
    const board = new SimulatedBoard(module, {
        heapBytes,
        ...(configuration && { configuration }),
        ...(features && { features }),
        seed: SEED,
    })
    board.load(bytecode, settings)
    const end = performance.now() + MAX_REAL_MS
    const isDone = () => performance.now() >= end
    for await (const _ of pace(board, START_MS, { isDone })) signal?.throwIfAborted()
    return board.death ? undefined : board.graph(debug)
}
