import type { Board } from "../../boards/board"
import { dcfgSettings, encodeDcfg } from "../../boards/dcfg"
import type { IdleHeap } from "../../simulator/idle-heap"

/** What a page that flashes is told first, as JSON. */
export interface FlashOffer {
    boards: OfferedBoard[]
    /** The id of the board that was named. */
    board?: string
    /** The firmware that was named: a file, or an address. Else it is the official release. */
    firmware?: string
}

/** A board as JSON has it: its configuration follows from its definition, and this machine's paths stay here. */
export type OfferedBoard = Omit<Board, "configuration" | "files">

/** By the boards' ids, what their firmware takes of the heap: it takes simulated boards to find that out. */
export type IdleHeaps = Readonly<Record<string, IdleHeap>>

/** A board for a page. */
export function offerBoard({ configuration: _, files: _files, ...board }: Board): OfferedBoard {
    return board
}

/** The board that was offered. */
export function boardOf(board: OfferedBoard): Board {
    return {
        ...board,
        configuration: encodeDcfg(dcfgSettings(board.definition)),
        files: { board: board.id, memory: board.id },
    }
}
