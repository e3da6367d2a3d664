/** Least simulated time between two looks on average, in milliseconds. */
const MIN_DISTANCE_MS = 100
/** A hundred looks at this distance, of which two thirds are judged. */
const MIN_RUN_MS = 100 * MIN_DISTANCE_MS
/** Looks in a time from any moment to e times that moment, later on: 160 in the last two thirds. */
const LOOKS_A_FOLD = 150

/** The run was long enough to be looked at as often as a verdict needs. */
export function isLongEnoughForLeaks(ranMs: number): boolean {
    return ranMs >= MIN_RUN_MS
}

/**
 * When to look at a program that runs for an unknown time: often at first, then ever more seldom, so
 * that the last two thirds are seen equally well wherever the run ends. The distances are irregular:
 * what the program does periodically cannot fall in step with the looks and seem to stand still.
 */
export class SamplingTimes {
    nextMs = MIN_DISTANCE_MS
    private count = 0

    /** Another that goes on from here by itself. */
    fork(): SamplingTimes {
        const { nextMs, count } = this
        return Object.assign(new SamplingTimes(), { nextMs, count })
    }

    looked(atMs: number): void {
        const distance = Math.max(MIN_DISTANCE_MS, atMs / LOOKS_A_FOLD)
        this.nextMs = atMs + distance * (0.5 + wobble(++this.count))
    }
}

/** From 0 to 1, evenly and without a pattern: Knuth's multiplicative hash. */
function wobble(n: number): number {
    return (Math.imul(n, 2654435761) >>> 0) / 2 ** 32
}
