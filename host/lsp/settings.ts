import type { Board } from "../boards/board"
import { findBoard } from "../boards/node/find-board"

/** What an editor may set, as `heapscope.board` and so on. */
export interface EditorSettings {
    /** What things are to fit on, and profiles run on: an id of `heapscope boards`. */
    board?: string
    /** Simulated time of a profile, as `10m`. */
    for?: string
}

const USUAL_BOARD = "pico"
const IMPORTED = /["']@dsboard\/(\w+)["']/

/** Takes of what came from outside what it may be. */
export function readSettings(given: unknown): EditorSettings {
    if (typeof given !== "object" || given === null) return {}
    const { board, for: time } = given as Record<string, unknown>
    return {
        ...(typeof board === "string" && board !== "" && { board }),
        ...(typeof time === "string" && time !== "" && { for: time }),
    }
}

/**
 * The board that a text's things are to fit on: the one that is set, else the one that it imports, else
 * the usual one; so is one that nobody knows.
 * @param folder of the project, whose own boards count
 */
export function findBoardFor({ board }: EditorSettings, text: string, folder?: string): Board {
    const wanted = board ?? IMPORTED.exec(text)?.[1]
    try {
        return findBoard(wanted ?? USUAL_BOARD, folder)
    } catch {
        return findBoard(USUAL_BOARD)
    }
}
