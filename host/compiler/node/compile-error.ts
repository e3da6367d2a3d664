import { UserError } from "../../base/errors"

/** What the compiler found at a line. */
export interface CompileProblem {
    /** From where the user stands. */
    file: string
    /** From 1. */
    line: number
    text: string
}

/** The program does not compile. The message is what the compiler said, with file and line. */
export class CompileError extends UserError {
    override readonly name = "CompileError"

    /** @param problems the same, each by itself, where they have a place */
    constructor(
        message: string,
        readonly problems: readonly CompileProblem[] = [],
    ) {
        super("E_COMPILE", message)
    }
}
