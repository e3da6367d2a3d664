import type { SeededRandom } from "../../../base/seeded-random"
import type { WorldTime } from "../world-time"

/** A device's own time and chance, with which it lives and somebody uses it. */
export interface Life {
    readonly nowMs: number
    /** Calls into the device in this many simulated milliseconds. */
    after(ms: number, action: () => void): void
    /** Calls into the device over and again. */
    every(ms: number, action: () => void): void
    /** A number from `low` up to, but not including, `high`. */
    between(low: number, high: number): number
    /** A whole number from 0 up to, but not including, `count`. */
    oneOf(count: number): number
}

/** @param run calls into a library and lets all that follows happen */
export function makeLife(
    time: WorldTime,
    random: SeededRandom,
    run: (action: () => void) => void,
): Life {
    const after = (ms: number, action: () => void) => void time.after(ms, () => run(action))
    const every = (ms: number, action: () => void) =>
        after(ms, () => {
            every(ms, action)
            action()
        })
    const between = (low: number, high: number) => low + (high - low) * random.fraction()
    return {
        get nowMs() {
            return time.nowUs / 1000
        },
        after,
        every,
        between,
        oneOf: count => Math.floor(between(0, count)),
    }
}

/**
 * Somebody does something with a device now and then: soon after it is there, so that a short run sees
 * it too, then every so many seconds.
 * @param spell does it. @returns how long that takes, in milliseconds
 */
export function nowAndThen(life: Life, spell: () => number): void {
    const again = () => {
        const takesMs = spell()
        life.after(takesMs + life.between(3_000, 15_000), again)
    }
    life.after(life.between(500, 1_500), again)
}
