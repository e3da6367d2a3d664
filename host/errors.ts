/**
 * Wrong use or bad input. The message is for people and stands alone: what is wrong, and what to do
 * next. The command line prints it without a stack trace and exits with 2.
 */
export class UserError extends Error {
    override readonly name: string = "UserError"
}
