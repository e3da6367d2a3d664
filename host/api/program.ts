import { buildProgram, type BuildOptions } from "../compiler/node/build"
import type { Program } from "../model/program/program"

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
