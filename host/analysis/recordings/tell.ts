import type { Measured, Told } from "../../documents/compare-recordings-report"

/** Which direction of a figure is better; null when neither is. */
export type Better = "lower" | "higher" | null

/** How long each was recorded, in milliseconds. */
export interface Lengths {
    a: number
    b: number
}

/** Lengths that differ by less of the longer one are held to be alike. */
const ALIKE = 0.1

/** Whether both were recorded for about as long. */
export function areAlike({ a, b }: Lengths): boolean {
    return Math.min(a, b) >= (1 - ALIKE) * Math.max(a, b)
}

/** How a figure is to be compared. */
export interface How {
    better: Better
    /** It can only rise, or only fall, while time goes on: of the shorter recording it is not over. */
    course?: "rises" | "falls" | undefined
    lengths: Lengths
}

/** What two figures come to, each with what is certain of it. */
export function tell(a: Measured, b: Measured, { better, course, lengths }: How): Told {
    const isOpen = (side: "a" | "b") =>
        course !== undefined &&
        !areAlike(lengths) &&
        lengths[side] === Math.min(lengths.a, lengths.b)
    const boundsOf = (side: "a" | "b", { low, high }: Measured) => ({
        low: isOpen(side) && course === "falls" ? 0 : low,
        high: high === null || (isOpen(side) && course === "rises") ? Infinity : high,
    })
    const [inA, inB] = [boundsOf("a", a), boundsOf("b", b)]
    if (inB.low > inA.high) return judged("higher", better)
    if (inB.high < inA.low) return judged("lower", better)
    const isExact = inA.low === inA.high && inB.low === inB.high
    return isExact ? "same" : "not-told"
}

/** How often something happened; more often, if not all of it was seen. */
export interface Counted {
    count: number
    isLeast?: boolean
}

/**
 * The same of counts, of which fewer is better, by how often in a time. Unless both were recorded
 * exactly as long, one more or less is a matter of when the recording began and ended; but what never
 * happened in about as long a time as it did happen elsewhere is told.
 */
export function tellCounts(a: Counted, b: Counted, lengths: Lengths): Told {
    const slack = lengths.a === lengths.b ? 0 : 1
    const boundsOf = ({ count, isLeast }: Counted, ms: number) => ({
        low: Math.max(0, count - slack) / ms,
        high: isLeast ? Infinity : (count + slack) / ms,
    })
    const [inA, inB] = [boundsOf(a, lengths.a), boundsOf(b, lengths.b)]
    if (inB.low > inA.high || isNever(a, b, lengths.a, lengths.b)) return "worse"
    if (inB.high < inA.low || isNever(b, a, lengths.b, lengths.a)) return "better"
    if (a.isLeast || b.isLeast) return "not-told"
    if (a.count === 0 && b.count === 0) return areAlike(lengths) ? "same" : "not-told"
    return slack === 0 ? "same" : "not-told"
}

/** It never happened here, and it did elsewhere, in a time hardly longer. */
function isNever(here: Counted, elsewhere: Counted, ms: number, elsewhereMs: number): boolean {
    return (
        !here.isLeast && here.count === 0 && elsewhere.count > 0 && ms >= (1 - ALIKE) * elsewhereMs
    )
}

/**
 * What two times to the first death come to, null where there was none: who was not listened to until
 * the other died has not shown that it outlives it.
 */
export function tellDeaths(a: number | null, b: number | null, lengths: Lengths): Told {
    if (a === null && b === null) return areAlike(lengths) ? "same" : "not-told"
    if (a !== null && b !== null) return a === b ? "same" : b > a ? "better" : "worse"
    const alike = 1 - ALIKE
    if (a !== null) return lengths.b >= alike * a ? "better" : "not-told"
    return lengths.a >= alike * b! ? "worse" : "not-told"
}

function judged(b: "higher" | "lower", better: Better): Told {
    if (better === null) return "other"
    return b === better ? "better" : "worse"
}
