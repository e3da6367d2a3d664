/**
 * Wrong use or bad input. The message is for people and stands alone: what is wrong, and what to do
 * next. The command line prints it without a stack trace and exits with 2.
 */
export class UserError extends Error {
    override readonly name: string = "UserError"
}

/**
 * The program did what leaves nothing to report of it. The message is for people and stands alone. The
 * command line prints it without a stack trace and exits with 1.
 */
export class ProgramError extends Error {
    override readonly name = "ProgramError"
}
