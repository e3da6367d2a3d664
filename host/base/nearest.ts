import { closest, distance } from "fastest-levenshtein"

/** Share of a name's letters that may be wrong for it to be still meant. */
const MAX_WRONG = 0.4

/** The name that was probably meant, if one is near enough: a guess that is none helps nobody. */
export function nearest(name: string, names: readonly string[]): string | undefined {
    if (names.length === 0) return undefined
    const found = closest(name, names)
    return distance(name, found) <= Math.max(1, MAX_WRONG * name.length) ? found : undefined
}
