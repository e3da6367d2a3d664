/**
 * Index of the last of ascending values that is at most `value`; -1 if none is.
 * @param of an item's value; numbers are their own
 */
export function lastAtMost(ascending: ArrayLike<number>, value: number): number
export function lastAtMost<T>(
    ascending: ArrayLike<T>,
    value: number,
    of: (item: T) => number,
): number
export function lastAtMost<T>(
    ascending: ArrayLike<T>,
    value: number,
    of: (item: T) => number = item => item as number,
): number {
    let low = 0
    let high = ascending.length
    while (low < high) {
        const middle = (low + high) >> 1
        if (of(ascending[middle]!) <= value) low = middle + 1
        else high = middle
    }
    return low - 1
}
