import type { BoardFacts } from "../documents/boards/boards-report"
import type { Board } from "./board"
import { boardPins, innerPins } from "./board-pins"

/** What is told of a board: all but the places of its files on this machine and how it is encoded. */
export function boardFacts(board: Board): BoardFacts {
    const { definition: _, configuration: __, files: ___, takenBecause: ____, ...facts } = board
    return { ...facts, pins: boardPins(board), innerPins: innerPins(board) }
}
