import { UserError } from "../base/errors"
import { formatBytesExact } from "../base/format-units"
import type { Board } from "./board"

/** A board, as far as it is known what room it has for a program. */
export type ProgramRoom = Partial<Pick<Board, "name" | "programFlashBytes">>

/**
 * A program that is too big is not to reach a board: there is firmware that would crash of it.
 * @throws UserError when the board cannot hold the program
 */
export function checkProgramRoom(
    { entry, bytecode }: { entry: string; bytecode: Uint8Array },
    { name, programFlashBytes }: ProgramRoom,
): void {
    if (programFlashBytes === undefined || bytecode.length <= programFlashBytes) return
    throw new UserError(
        "E_PROGRAM_TOO_BIG",
        `${entry} is too big: it is ${formatBytesExact(bytecode.length)} of bytecode, and ${name === undefined ? "the board" : `a ${name}`} has room for ${formatBytesExact(programFlashBytes)}. \`heapscope boards\` lists what each has.`,
    )
}
