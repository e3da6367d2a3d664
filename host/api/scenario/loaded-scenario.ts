import type { Board } from "../../boards/board"
import type { ScenarioFile } from "../../documents/scenario/scenario"
import type { Scenario } from "../../simulator/scenario/scenario"

/** A scenario file that was read, and what it says checked as far as no board is known. */
export interface LoadedScenario {
    /** As it was named. */
    file: string
    said: ScenarioFile
    /** The folder of the files that it names. */
    folder: string
    /** The board that it was recorded on, by its id. */
    board?: string
    /** The scenario on a board, for so many simulated milliseconds. @throws UserError with file and line */
    on(board: Pick<Board, "id" | "definition">, forMs: number): Scenario
    /** Sees to it that a program has the roles it names. @throws UserError with file and line */
    check(bytecode: Uint8Array, board: Pick<Board, "id" | "definition">): void
}
