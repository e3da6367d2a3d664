import { liveBelow } from "./live-below"
import type { ProbeCycle } from "./probe-cycles"
import { quantile } from "./quantile"

/** Equal parts of the time looked back on. */
export const PARTS = 6
/** Live blocks above the last probe are not seen: of the cycles of a part, those that saw most tell. */
const OF_CYCLES = 0.9
/** From one moment that a life was looked at to the next. */
const STEP = 1.02
/** The first of those moments, as a share of the life. */
const FIRST = 1 / 200
/** Who was not there at the start has missed so many 32nds. */
const SHARES = 32

/** How a program lives and dies, as its agent tells of it: in the simulator, mostly. */
export interface ProgramLife {
    /** Bytes of the heap that blocks can use. */
    capacityBytes: number
    /** When it ran out of memory, in its own milliseconds since its start. */
    deathMs: number
    /** Of its probes, oldest first. */
    cycles: readonly ProbeCycle[]
}

/** What probes told in equal parts of a time. NaN where a part told nothing. */
export interface PartsOfTime {
    /** What was live below the probes, as a share of the heap. */
    levels: readonly number[]
    /** Collections a millisecond. */
    rates: readonly number[]
}

/** A life that is known to its end, and what it was like up to each of many moments: for all boards that run the program. */
export class KnownLife {
    /** In the program's own milliseconds, ascending; the last one is its death. */
    readonly moments: readonly number[]
    /** By how much of the time before a moment was missed, what its parts were. */
    private readonly parts = new Map<number, readonly PartsOfTime[]>()

    constructor(private readonly life: ProgramLife) {
        const steps = Math.ceil(-Math.log(FIRST) / Math.log(STEP))
        this.moments = Array.from(
            { length: steps + 1 },
            (_, i) => life.deathMs * STEP ** (i - steps),
        )
    }

    get deathMs(): number {
        return this.life.deathMs
    }

    /** For each of the moments. @param missed share of the time before it that is left out, as `shareMissed` has it */
    partsUpTo(missed: number): readonly PartsOfTime[] {
        const { cycles, capacityBytes } = this.life
        let known = this.parts.get(missed)
        known ??= this.moments.map(atMs => partsOf(cycles, missed * atMs, atMs, capacityBytes))
        this.parts.set(missed, known)
        return known
    }
}

/** One of few shares, so that what is worked out of a life serves many boards. */
export function shareMissed(fromMs: number, nowMs: number): number {
    // The first seconds tell nothing.
    return Math.max(0, Math.ceil((SHARES * fromMs) / nowMs - 0.5) / SHARES)
}

/** What cycles of probes tell of the parts of a time. */
export function partsOf(
    cycles: readonly ProbeCycle[],
    fromMs: number,
    toMs: number,
    capacityBytes: number,
): PartsOfTime {
    const lives: number[][] = Array.from({ length: PARTS }, () => [])
    const partMs = (toMs - fromMs) / PARTS
    for (const cycle of cycles) {
        if (cycle.atMs > toMs) break
        const part = Math.min(PARTS - 1, Math.floor((cycle.atMs - fromMs) / partMs))
        if (part >= 0) lives[part]!.push(liveBelow(cycle, capacityBytes))
    }
    const counts = Array.from({ length: PARTS + 1 }, (_, i) => countAt(cycles, fromMs + i * partMs))
    return {
        levels: lives.map(of => (of.length === 0 ? NaN : quantile(of, OF_CYCLES))),
        rates: lives.map((_, i) => (counts[i + 1]! - counts[i]!) / partMs),
    }
}

/** How many cycles there had been at a time, and the share of the one that was under way; NaN where there are too few. */
function countAt(cycles: readonly ProbeCycle[], atMs: number): number {
    let [from, to] = [0, cycles.length - 1]
    if (to < 1) return NaN
    while (to - from > 1) {
        const middle = (from + to) >> 1
        if (cycles[middle]!.atMs <= atMs) from = middle
        else to = middle
    }
    // What was before the first one and is after the last one went as those next to it.
    const [a, b] = [cycles[from]!, cycles[from + 1]!]
    return a.number + ((b.number - a.number) * (atMs - a.atMs)) / Math.max(1, b.atMs - a.atMs)
}
