import { buildProgram, type BuildOptions } from "../compiler/node/build"
import { boardOfProgram, importedBoard } from "../compiler/node/imported-board"
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
    const cwd = settings.cwd ?? ""
    const imported = importedBoard(program, cwd)
    const board = imported === undefined ? undefined : boardOfProgram(imported, program, cwd)
    return board ? { ...settings, board } : settings
}
