import { nameOfPanic } from "../../analysis/outcome/panic"
import { formatBytesExact } from "../../base/format-units"
import type { Program } from "../../model/program/program"
import type { LeftWith } from "./deploy"
import type { BoardAnswer, ProgramDeployment } from "./deploy-program"

/** What is on a board after a deployment that came to nothing. */
export const LEFT_WITH: Readonly<Record<LeftWith, string>> = {
    "old program": "The board was reset, to run the program that it had.",
    "no program": "The board has no program now: deploy again.",
    "new program": "The board has the new program, and was reset to run it.",
}

/**
 * What came of a deployment, for people.
 * @param address of the port
 * @returns one line, and what else there is to know of it, each a line
 */
export function describeDeployment(
    { entry, bytecode, settings }: Pick<Program, "entry" | "bytecode" | "settings">,
    address: string,
    { changed, running, sha256, panic, reset, released, answers }: ProgramDeployment,
): { headline: string; details: string[] } {
    const does =
        panic !== undefined
            ? `died at once: ${nameOfPanic(panic)} (panic ${panic})`
            : running
              ? "runs"
              : "is stopped, until the board is reset"
    const details = [
        `${formatBytesExact(bytecode.length)} · verified by the board, SHA-256 ${sha256}`,
        whichBoard(answers),
    ]
    if (reset) details.push("the board reset itself: the program's hardware is another")
    if (released) details.push("the board had been left halted, and was let go")
    if (settings.size > 0) details.push(`settings: ${[...settings.keys()].join(", ")}`)
    const is = changed ? "is" : "was already"
    return { headline: `${entry} ${is} on the board at ${address} and ${does}`, details }
}

function whichBoard({ board, productId }: BoardAnswer): string {
    if (board) return `the board says it is ${board.id} (${board.name})`
    if (productId === undefined) return "the board does not say which product it is"
    return `the board says it is product 0x${productId.toString(16)}, which is not known here`
}
