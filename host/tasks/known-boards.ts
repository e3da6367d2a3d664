import type { Board } from "../boards/board"
import { findBoardOfProduct } from "../boards/node/find-board"
import { programStart } from "../link/agent/program-start"
import type { KnownBoards } from "../link/watch/known-boards"
import { idleHeap, type IdleHeap } from "../simulator/idle-heap"
import { loadVm } from "../simulator/node/load-vm"
import { simulatedHeap } from "../simulator/simulated-heap"

/** Any number of links share it. */
let preparedVm: WebAssembly.Module | undefined
const idleHeaps = new WeakMap<Board, IdleHeap>()

/** What this installation knows of boards, by its files and by booting simulated ones. */
export function knownBoards(): KnownBoards {
    const vm = (preparedVm ??= loadVm())
    return {
        ofProduct: productId => findBoardOfProduct(productId),
        // Of many links to boards of a kind, one boots it to see.
        idle(board) {
            const known = idleHeaps.get(board) ?? idleHeap(vm, board)
            idleHeaps.set(board, known)
            return known
        },
        start: (board, program) => programStart(vm, board, program),
        simulated: (board, program, signal) => simulatedHeap(vm, program, board, signal),
    }
}
