import type { Board } from "../../boards/board"
import type { ProgramStart } from "../../link/agent/program-start"
import type { KnownBoards } from "../../link/watch/known-boards"
import type { HeapGraph } from "../../model/graph/graph"
import type { Program } from "../../model/program/program"
import type { IdleHeap } from "../../simulator/idle-heap"

/** What takes a simulated board to find out, found out somewhere else: a page is not to stand still for it. */
export interface Simulations {
    /** What a board's firmware takes of the heap before any program. */
    idle(board: Board): Promise<IdleHeap>
    /** How a program starts on it; undefined of one without the agent. */
    start(board: Board, program: Program): Promise<ProgramStart | undefined>
    /** What a program has on its heap there, when it has just started; undefined when it dies at once. */
    simulated(board: Board, program: Program): Promise<HeapGraph | undefined>
}

/**
 * What is to be known of boards while one of them is watched: of that one all, of the others as soon as it has
 * been found out.
 * @param program what runs on it, if known
 * @param boards all there are
 */
export async function knowBoard(
    board: Board,
    program: Program | undefined,
    boards: readonly Board[],
    simulations: Simulations,
): Promise<KnownBoards> {
    const [idle, start] = await Promise.all([
        simulations.idle(board),
        program && simulations.start(board, program),
    ])
    const idleHeaps = new Map([[board.id, idle]])
    const others = boards.filter(({ id }) => id !== board.id)
    const learn = async () => {
        for (const other of others) idleHeaps.set(other.id, await simulations.idle(other))
    }
    // Without it another board at the same port is one that is not known.
    learn().catch(() => undefined)
    return {
        ofProduct: productId =>
            [board, ...others].find(one => one.productId === productId && idleHeaps.has(one.id)),
        idle: ({ id }) => idleHeaps.get(id) ?? idle,
        start: ({ id }) => (id === board.id ? start : undefined),
        simulated: (one, program) => simulations.simulated(one, program),
    }
}
