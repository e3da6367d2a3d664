/** A death is told well when it is not further off than this. */
const WELL = 0.15
/** Two deaths at most this many times apart are both told well by what is between them. */
const TOGETHER = (1 + WELL) / (1 - WELL)
/** Of two that are as likely but for the way in which it was summed up, the sooner one. */
const MORE = 1 + 1e-9

/** One way to die. */
export interface PossibleDeath {
    /** In milliseconds. */
    atMs: number
    /** How likely it is, to the others. */
    weight: number
}

/**
 * Of the ways to die, what most likely tells the one that comes about well: the middle of those that are near each
 * other. A list that moves to a larger block dies at one of these moves, which one depends on the holes there are.
 * @param deaths in any order, one at least
 */
export function likeliestDeath(deaths: readonly PossibleDeath[]): number {
    const sorted = deaths.toSorted((a, b) => a.atMs - b.atMs)
    let [most, likeliest, end, weight] = [0, sorted[0]!.atMs, 0, 0]
    for (const first of sorted) {
        while (end < sorted.length && sorted[end]!.atMs <= first.atMs * TOGETHER)
            weight += sorted[end++]!.weight
        if (weight > most * MORE) {
            most = weight
            likeliest = ((1 + WELL) * first.atMs + (1 - WELL) * sorted[end - 1]!.atMs) / 2
        }
        weight -= first.weight
    }
    return likeliest
}
