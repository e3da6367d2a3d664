/** A text as a regular expression has it that is to match just that. */
export function escapePattern(text: string): string {
    return text.replaceAll(/\W/g, "\\$&")
}
