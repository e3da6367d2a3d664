import { findBoardOfProduct } from "../boards/node/find-board"
import type { KnownBoards } from "../link/watch/known-boards"
import { knownByVm } from "../link/watch/known-by-vm"
import { loadVm } from "../simulator/node/load-vm"

/** What this installation knows of boards, by its files and by booting simulated ones. */
export function knownBoards(): KnownBoards {
    return knownByVm(loadVm(), productId => findBoardOfProduct(productId))
}
