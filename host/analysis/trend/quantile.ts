/** The value that so large a share of all stays below, between two of them where it falls there. @param at 0 to 1 */
export function quantile(values: readonly number[], at: number): number {
    const sorted = values.toSorted((a, b) => a - b)
    const place = at * (sorted.length - 1)
    const low = sorted[Math.floor(place)]!
    return low + (sorted[Math.ceil(place)]! - low) * (place % 1)
}
