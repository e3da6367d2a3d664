/** Whether this is CI, by the variable that all of them set. */
export function isCi({ CI }: NodeJS.ProcessEnv): boolean {
    return CI !== undefined && !["", "0", "false"].includes(CI)
}
