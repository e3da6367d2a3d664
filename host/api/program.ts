import { buildProgram, type BuildOptions } from "../compiler/node/build"
import { importedBoard } from "../compiler/node/imported-board"
import { listBoards } from "../boards/node/find-board"
import type { Program } from "../model/program/program"
import type { BoardSettings } from "./run-settings"

/** A program, or the entry it is built from. */
export type ProgramOrEntry = Program | string

/** The program itself. @throws what `build` does */
export function programOf(
    program: ProgramOrEntry,
    { cwd, signal }: Pick<BuildOptions, "cwd" | "signal">,
): Promise<Program> | Program {
    if (typeof program !== "string") return program
    return buildProgram(program, { ...(cwd !== undefined && { cwd }), ...(signal && { signal }) })
}

/** The settings with the board that the program is written for, where they name none and it is known. */
export function onItsBoard<T extends BoardSettings>(program: ProgramOrEntry, settings: T): T {
    if (settings.board !== undefined || typeof program !== "string") return settings
    const board = importedBoard(program, settings.cwd ?? "")
    return board !== undefined && listBoards().some(({ id }) => id === board)
        ? { ...settings, board }
        : settings
}
