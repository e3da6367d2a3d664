import type { ErrorCode } from "./error-codes"

/**
 * A failure that is no fault of heapscope. The message is for people and stands alone: what is wrong,
 * and what to do next. The code is for programs: `ERROR_CODES` says what each means.
 */
export class HeapscopeError extends Error {
    override readonly name: string = "HeapscopeError"

    constructor(
        readonly code: ErrorCode,
        message: string,
        options?: ErrorOptions,
    ) {
        super(message, options)
    }
}

/** Wrong use or bad input. The command line prints the message without a stack trace and exits with 2. */
export class UserError extends HeapscopeError {
    override readonly name: string = "UserError"
}

/**
 * The program did what leaves nothing to report of it. The command line prints the message without a
 * stack trace and exits with 1.
 */
export class ProgramError extends HeapscopeError {
    override readonly name: string = "ProgramError"
}

/** What a program is told of a failure: the code of a failure of any kind, and its message. */
export function failureOf(error: unknown): { code: ErrorCode; message: string } {
    if (error instanceof HeapscopeError) return { code: error.code, message: error.message }
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return { code: "E_INTERNAL", message }
}

/** Why a connection failed, in words. Where several addresses of a name fail together, the error's own text is empty. */
export function connectionFailure(error: Error & { code?: string | number }): string {
    return error.message || String(error.code ?? "it cannot be reached")
}
