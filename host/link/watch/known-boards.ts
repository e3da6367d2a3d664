import type { Board } from "../../boards/board"
import type { HeapGraph } from "../../model/graph/graph"
import type { Program } from "../../model/program/program"
import type { IdleHeap } from "../../simulator/idle-heap"
import type { ProgramStart } from "../agent/program-start"

/** What is known of boards where one is watched: what needs a simulated one may be missing. */
export interface KnownBoards {
    /** The board whose firmware gives itself this product identifier. */
    ofProduct(productId: number | undefined): Board | undefined
    /** What its firmware takes of the heap before any program. */
    idle(board: Board): IdleHeap
    /** How a program starts on it; undefined of one without the agent. */
    start?(board: Board, program: Program): ProgramStart | undefined
    /** What a program has on its heap there, for one whose own cannot be read. */
    simulated?(board: Board, program: Program, signal?: AbortSignal): Promise<HeapGraph | undefined>
}
