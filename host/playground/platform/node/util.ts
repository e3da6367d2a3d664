/** What is reached of `node:util`. */

// oxlint-disable-next-line no-control-regex
const CONTROL = /\x1b\[[0-9;]*[A-Za-z]/g

export function stripVTControlCharacters(text: string): string {
    return text.replace(CONTROL, "")
}

/** Of values that JSON can hold, which is what is compared here. */
export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
    return JSON.stringify(a) === JSON.stringify(b)
}
