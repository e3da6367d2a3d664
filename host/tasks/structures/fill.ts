import type { MemoryEvent } from "../../model/events"
import type { Program } from "../../model/program/program"
import { SimulatedBoard } from "../../simulator/simulated-board"

const SEED = 1
/** Simulated time in which the board must be full, in milliseconds. */
const LIMIT_MS = 600_000

/**
 * Runs a program that keeps more and more and prints how many it keeps.
 * @returns the last number it printed before it ran out of memory
 * @throws Error when it does not run out of memory
 */
export function countUntilFull(
    module: WebAssembly.Module,
    program: Program,
    heapBytes: number,
): number {
    let count = 0
    const onEvent = (event: MemoryEvent) => {
        if (event.kind === "log" && event.level === "log") count = Number(event.text)
    }
    const board = new SimulatedBoard(module, { heapBytes, seed: SEED, onEvent })
    board.load(program.bytecode)
    board.runUntil(LIMIT_MS)
    if (board.death?.requestedBytes === undefined)
        throw new Error(`${program.entry} did not run out of memory`)
    return count
}
