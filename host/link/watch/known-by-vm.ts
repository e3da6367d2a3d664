import type { Board } from "../../boards/board"
import { idleHeap, type IdleHeap } from "../../simulator/idle-heap"
import { simulatedHeap } from "../../simulator/simulated-heap"
import { programStart } from "../agent/program-start"
import type { KnownBoards } from "./known-boards"

const idleHeaps = new WeakMap<Board, IdleHeap>()

/** What is known of boards by booting simulated ones. Of many links to boards of a kind, one boots it to see. */
export function knownByVm(
    vm: WebAssembly.Module,
    ofProduct: KnownBoards["ofProduct"],
): Required<KnownBoards> {
    return {
        ofProduct,
        idle(board) {
            const known = idleHeaps.get(board) ?? idleHeap(vm, board)
            idleHeaps.set(board, known)
            return known
        },
        start: (board, program) => programStart(vm, board, program),
        simulated: (board, program, signal) => simulatedHeap(vm, program, board, signal),
    }
}
