import { SeededRandom } from "../../host/base/seeded-random"

/** What `npm test` runs a share of runs whole when this is set: `npm run test:long`. */
const IS_WHOLE = process.env.HEAPSCOPE_WHOLE === "1"
const SEED = Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1)

/** The same for the same, whatever else was drawn before: files share a process in an order of their own. */
function drawFor(...about: number[]): SeededRandom {
    const mixed = about.reduce((sum, one) => Math.imul(sum ^ one, 0x9e3779b1), SEED)
    return new SeededRandom(mixed >>> 0)
}

/** Some of many of a kind, picked by the seed; all of them in `npm run test:long`. */
export function shareOf<T>(all: readonly T[], count: number): T[] {
    if (IS_WHOLE) return [...all]
    const random = drawFor(all.length, count)
    const left = [...all]
    const picked = new Set<T>()
    while (picked.size < count && left.length > 0)
        picked.add(left.splice(Math.floor(random.fraction() * left.length), 1)[0]!)
    return all.filter(one => picked.has(one))
}

/**
 * Moments of a run, the first and then some by the seed; all of them in `npm run test:long`.
 * @param everyMs from one to the next, where all are
 * @param ofMany one of so many is picked
 */
export function* moments(everyMs: number, toMs: number, ofMany: number): Generator<number> {
    const random = drawFor(everyMs, toMs, ofMany)
    const step = () => (IS_WHOLE ? 1 : 1 + Math.floor(random.fraction() * (2 * ofMany - 1)))
    for (let at = everyMs; at <= toMs; at += everyMs * step()) yield at
}

/** A count, or what it is in `npm run test:long`. */
export function countOf(count: number, whole: number): number {
    return IS_WHOLE ? whole : count
}
