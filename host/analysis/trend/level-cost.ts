import { levelBy, placeOf, WINDOW } from "./program-life"
import type { ProbeCycle } from "./probe-cycles"

/** So many windows are looked back on, the last fifth of the time first. */
const WINDOWS = 6
/** Of fewer that have a cycle, nothing can be said. */
const MIN_WINDOWS = 3
/** By how much what is live is off, mostly: as a share of the heap. */
const LEVEL_OFF = 0.015
/** No window costs more, however badly it fits: one that is off says little of the others. */
const MOST_COST = 6
/** A large block may lie above the probes on this board, and below them on another: that costs so much. */
const ABOVE_COST = 1

/** What was live below the probes of a window. */
export interface LevelSeen {
    /** Its end, as `placeOf` has it. */
    place: number
    /** As a share of the heap. */
    level: number
}

/** @returns undefined where too few windows have a cycle */
export function levelsSeen(
    cycles: readonly ProbeCycle[],
    fromMs: number,
    nowMs: number,
    capacityBytes: number,
): LevelSeen[] | undefined {
    const seen: LevelSeen[] = []
    for (let i = 0; i < WINDOWS; i++) {
        const toMs = nowMs * WINDOW ** i
        if (i > 0 && toMs * WINDOW < fromMs) break
        const level = levelBy(toMs, cycles, capacityBytes)
        if (level !== undefined) seen.push({ place: placeOf(Math.max(1, toMs)), level })
    }
    return seen.length < MIN_WINDOWS ? undefined : seen
}

/**
 * How badly what was seen fits.
 * @param levelAt what would be seen, as a share of the heap, by place
 * @param largestAt the largest block of that
 */
export function levelCost(
    seen: readonly LevelSeen[],
    levelAt: (place: number) => number,
    largestAt: (place: number) => number,
): number {
    let cost = 0
    for (const { place, level } of seen) {
        const off = Math.abs(level - levelAt(place))
        const offWithout = Math.abs(off - largestAt(place))
        cost += Math.min(
            (off / LEVEL_OFF) ** 2,
            (offWithout / LEVEL_OFF) ** 2 + ABOVE_COST,
            MOST_COST,
        )
    }
    return (cost * WINDOWS) / seen.length
}
