/**
 * Pairs what two lists have in common, by one key after the other, the surest first; of several that have the
 * same key the first goes with the first. What finds nobody comes alone: each is in one pair, and in one only.
 */
export function pairUp<T>(
    before: readonly T[],
    after: readonly T[],
    keys: readonly ((one: T) => unknown[])[],
): [before: T | undefined, after: T | undefined][] {
    const pairs: [T | undefined, T | undefined][] = []
    let left = [...before]
    let right = [...after]
    for (const keyOf of keys) {
        const waiting = new Map<string, T[]>()
        for (const one of left) {
            const key = JSON.stringify(keyOf(one))
            const same = waiting.get(key)
            if (same) same.push(one)
            else waiting.set(key, [one])
        }
        right = right.filter(one => {
            const other = waiting.get(JSON.stringify(keyOf(one)))?.shift()
            if (other !== undefined) pairs.push([other, one])
            return other === undefined
        })
        left = [...waiting.values()].flat()
    }
    return [
        ...pairs,
        ...left.map((one): [T, undefined] => [one, undefined]),
        ...right.map((one): [undefined, T] => [undefined, one]),
    ]
}
