/** What an estimate of a heap rests on. */
export interface Evidence {
    /** There was no collection since the program started. */
    isClean: boolean
    /** From when on it is known what is in use: since a start without one, since it was known to the byte, or since neither. */
    since: "clean start" | "known heap" | "later"
    /** The program had been running when it was first heard of. */
    isLate: boolean
    /** It has told little since it started. */
    isNew: boolean
    /** Collections that were seen. */
    collections: number
    /** Whether each collection is seen, or they come faster than reports. */
    cycles: "unknown" | "followed" | "fast"
    /** How far the first small hole lies below the first large one, as a share of the heap. */
    smallHoles: number
    /** How far the probe is below the highest of late, likewise. */
    belowTop: number
}

/** Further below the top than a collection explains: what lived there may be gone, or not. */
const MOST_EXPLAINED = 0.3
const PER_UNEXPLAINED = 2
/** What lives above a probe may be anything: joined late, and even more so after a start with collections. */
const OF_LATE = 0.06
const OF_NEW = 0.12

/**
 * By how much an estimate may be off, as a share of the heap. Measured, as 95 % of the estimates of 56
 * programs on all boards were off by less, kind by kind (`npm run test:long -- estimates`).
 */
export function shareOff(evidence: Evidence): number {
    const { isClean, isLate, isNew, belowTop } = evidence
    if (isClean) return 0.022 + 0.05 * belowTop
    const unexplained = PER_UNEXPLAINED * Math.max(0, belowTop - MOST_EXPLAINED)
    return ofKind(evidence) + unexplained + (isLate ? OF_LATE : isNew ? OF_NEW : 0)
}

function ofKind({ since, collections, cycles, smallHoles, belowTop }: Evidence): number {
    if (since === "known heap") {
        if (collections === 0) return 0.038
        if (cycles === "unknown") return 0.062 + 0.22 * belowTop
        return cycles === "followed" ? 0.06 + 0.1 * belowTop : 0.1 + 0.1 * belowTop
    }
    if (since === "clean start") {
        if (collections === 0) return 0.04
        if (cycles === "unknown") return 0.022 + 0.1 * belowTop
        return cycles === "followed" ? 0.032 + 0.07 * belowTop : 0.1 + 0.1 * belowTop
    }
    // Where holes lie, the probes have passed some of them by.
    const arePassed = smallHoles > 0.05 && smallHoles < 0.35
    if (collections === 0) return arePassed ? 0.048 : smallHoles < 0.35 ? 0.085 : 0.1
    if (cycles === "unknown") return 0.09 + 0.1 * belowTop
    if (cycles === "followed") return smallHoles > 0.05 && smallHoles < 0.25 ? 0.05 : 0.085
    return 0.12 + 0.1 * belowTop
}
