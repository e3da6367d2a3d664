import type { Board } from "../../boards/board"
import type { ScenarioFile } from "../../documents/scenario/scenario"
import type { Path } from "../../simulator/scenario/reading"
import type { Scenario } from "../../simulator/scenario/scenario"

/** What a scenario was made of: with that, another thread makes it again. */
export type ScenarioOrigin =
    | { kind: "said"; file: string; value: unknown; of: SaidPlace }
    | { kind: "recording"; file: string; path: string }

/** Where a scenario stands. */
export interface SaidPlace {
    /** The text of its file, to find lines in. */
    text: string
    /** The folder of what it names. */
    folder: string
    /** Where in the file it is. Default: it is all of it. */
    at?: Path
}

/** A scenario file that was read, and what it says checked as far as no board is known. */
export interface LoadedScenario {
    /** As it was named. */
    file: string
    said: ScenarioFile
    /** The folder of the files that it names. */
    folder: string
    origin: ScenarioOrigin
    /** The board that it was recorded on, by its id. */
    board?: string
    /** The scenario on a board, for so many simulated milliseconds. @throws UserError with file and line */
    on(board: Pick<Board, "id" | "definition">, forMs: number): Scenario
    /** Sees to it that a program has the roles it names. @throws UserError with file and line */
    check(bytecode: Uint8Array, board: Pick<Board, "id" | "definition">): void
}
