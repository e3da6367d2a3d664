/** A reason with the full stop that ends it, unless it is a question or has one. */
export function asSentence(reason: string): string {
    return /[.?!]$/.test(reason) ? reason : `${reason}.`
}
