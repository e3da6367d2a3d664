/** The command whose flags are to be known for these arguments, which need not be one. */
export function wantedCommand(args: readonly string[]): string | undefined {
    const [first, second] = args.filter(word => !word.startsWith("-"))
    return first === "help" ? second : first
}
