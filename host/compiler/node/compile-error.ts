import { UserError } from "../../base/errors"

/** The program does not compile. The message is what the compiler said, with file and line. */
export class CompileError extends UserError {
    override readonly name = "CompileError"

    constructor(message: string) {
        super("E_COMPILE", message)
    }
}
