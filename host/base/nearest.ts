import { closest, distance } from "fastest-levenshtein"

/** Share of a name's letters that may be wrong for it to be still meant. */
const MAX_WRONG = 0.4
/** The same where all names follow if none is meant: two letters of three are one turned round. */
const MAX_WRONG_OF_LISTED = 2 / 3
const MAX_LETTERS = 3

/**
 * The name that was probably meant, if one is near enough: a guess that is none helps nobody.
 * @param letters that may be wrong
 */
export function nearest(
    name: string,
    names: readonly string[],
    letters = MAX_WRONG * name.length,
): string | undefined {
    if (names.length === 0) return undefined
    const found = closest(name, names)
    return distance(name, found) <= Math.max(1, letters) ? found : undefined
}

/** How a message goes on that there is no such name: `: did you mean ready?`, or what there is. */
export function instead(name: string, names: readonly string[]): string {
    if (names.length === 0) return "."
    const lower = names.map(one => one.toLowerCase())
    const letters = Math.min(MAX_LETTERS, MAX_WRONG_OF_LISTED * name.length)
    const near = nearest(name.toLowerCase(), lower, letters)
    return near === undefined
        ? `. There are ${names.join(", ")}.`
        : `: did you mean ${names[lower.indexOf(near)]}?`
}
