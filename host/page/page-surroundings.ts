/** What is around the page, where that is more than a browser's window. */
export interface PageSurroundings {
    /** Shows a line of the program where it can be edited. */
    reveal?(file: string, line: number): void
    /** Whether that has the file; of a recording it has none. */
    canReveal?(file: string): boolean
    /** There is no command line to paste a command into: the page says what it can do itself. */
    hasNoCommands?: boolean
    /** What was guessed of lessons, kept for the next visit. */
    guesses?: {
        of(lesson: string): number | undefined
        /** @param guess undefined of who wanted to be told at once */
        remember(lesson: string, guess: number | undefined, answer: number): void
    }
}
