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

/** A board as JSON has it: its configuration follows from its definition. */
export interface OfferedBoard extends Omit<Board, "configuration" | "files"> {
    /** What its firmware takes of the heap: it takes a simulated board to find that out. */
    idle: IdleHeap
}

/** A board for a page, which gets none of this machine's paths. */
export function offerBoard(
    { configuration: _, files: _files, ...board }: Board,
    idle: IdleHeap,
): OfferedBoard {
    return { ...board, idle }
}

/** The board that was offered. */
export function boardOf({ idle: _, ...board }: OfferedBoard): Board {
    return {
        ...board,
        configuration: encodeDcfg(dcfgSettings(board.definition)),
        files: { board: board.id, memory: board.id },
    }
}
