import type { TimeToDeath } from "../../model/time-to-death"
import { ProbeCycles, type Probe } from "./probe-cycles"
import { PARTS, partsOf, shareMissed, type KnownLife, type PartsOfTime } from "./program-life"
import { quantile } from "./quantile"

/** Probes from one look at all of it to the next, */
const LOOK_EVERY = 12
/** or so many times as many as there were: after a day, an hour more changes little. */
const LOOK_LATER = 1.02
/** Of fewer cycles, or parts of the time with one, nothing can be said. */
const MIN_CYCLES = 6
const MIN_PARTS = 4
/** It lives at most so many times as slow, or as fast, as the life that is known. */
const MOST_SLOWER = 4
/** So near to that, it may as well not grow at all. */
const AT_END = 1.1
/** By how much what is live is off, mostly: as a share of the heap. */
const LEVEL_OFF = 0.015
/** The same of collections: as a share of them, and how many of a part. */
const RATE_OFF = 0.05
const COUNT_OFF = 1
/** No figure of a part costs more, however badly it fits: one that is off says little of the others. */
const MOST_COST = 9
/** What fits no better than this is no such life. */
const WORST_FIT = 25
/** Factors that cost no more than this above the best one may be true, too: measured, as is what lives of a kind differ by. */
const MAY_BE = 6
const LIVES_DIFFER = 0.1
/** That nothing grows has to fit worse by so much: of boards that stood still, a death was told a thousandth of the time. */
const MUST_GROW = 2
/** What cannot be told more closely than this, half the range of factors, is not told. */
const WIDEST = 1

/** A life of the program that a board runs, as soon as it is known. */
export interface LifeAtHand {
    readonly life: KnownLife | undefined
}

/**
 * Foretells a board's death by a life of its program that is known to its end: how many times as slow as that one it
 * lives is what fits its probes best. What comes and goes may do so at another pace than what grows: so many
 * collections more or fewer at all times tell nothing.
 *
 * What it cannot tell: a list or a text that grows moves to a larger block now and then, and dies at one of these
 * moves, which one depends on the holes there are by then. One move sooner or later is a fifth of the life.
 */
export class ProgramForecast {
    private readonly cycles = new ProbeCycles()
    private fromMs: number | undefined
    private probes = 0
    private nextLook = LOOK_EVERY
    private told: TimeToDeath | undefined

    /** @param capacityBytes of the heap that blocks can use */
    constructor(
        private readonly of: LifeAtHand,
        private readonly capacityBytes: number,
    ) {}

    /** A probe larger than most holes came to be there. */
    add(probe: Probe): void {
        this.fromMs ??= probe.atMs
        this.cycles.add(probe)
        const { life } = this.of
        if (++this.probes < this.nextLook || !life) return
        this.nextLook = Math.max(this.probes + LOOK_EVERY, Math.floor(this.probes * LOOK_LATER))
        this.told = this.look(life, this.fromMs, probe.atMs)
    }

    /**
     * In the program's own milliseconds since its start, as the probes are.
     * @returns undefined of what lives as no part of that life, or cannot be told closely from it yet
     */
    get death(): TimeToDeath | undefined {
        return this.told
    }

    private look(life: KnownLife, fromMs: number, nowMs: number): TimeToDeath | undefined {
        const { cycles } = this.cycles
        if (cycles.length < MIN_CYCLES) return undefined
        const missed = shareMissed(fromMs, nowMs)
        const seen = partsOf(cycles, missed * nowMs, nowMs, this.capacityBytes)
        if (seen.levels.filter(level => !Number.isNaN(level)).length < MIN_PARTS) return undefined
        const known = life.partsUpTo(missed)
        const partMs = (nowMs * (1 - missed)) / PARTS
        const costs = life.moments.map((atMs, i) => {
            const slower = nowMs / atMs
            const isPossible = slower <= MOST_SLOWER && slower >= 1 / MOST_SLOWER
            return isPossible ? costOf(seen, known[i]!, slower, partMs) : Infinity
        })
        const least = Math.min(...costs)
        const slower = nowMs / life.moments[costs.indexOf(least)]!
        const most = MOST_SLOWER / AT_END
        if (least > WORST_FIT || slower > most || slower < 1 / most) return undefined
        if (least + MUST_GROW > costOfStandstill(seen, partMs)) return undefined
        const mayBe = (cost: number) => cost <= least + MAY_BE
        const deathAt = (i: number) => (life.deathMs * nowMs) / life.moments[i]!
        const [soonest, latest] = [costs.findLastIndex(mayBe), costs.findIndex(mayBe)].map(deathAt)
        const atMs = life.deathMs * slower
        if ((latest! - soonest!) / 2 > WIDEST * atMs) return undefined
        return {
            atMs: Math.round(atMs),
            fromMs: Math.round(Math.max(nowMs, soonest! * (1 - LIVES_DIFFER))),
            toMs: Math.round(latest! * (1 + LIVES_DIFFER)),
        }
    }
}

/** How badly it fits to what was seen that nothing grows. */
function costOfStandstill({ levels, rates }: PartsOfTime, partMs: number): number {
    const middle = (values: readonly number[]) =>
        quantile(
            values.filter(value => !Number.isNaN(value)),
            0.5,
        )
    const [level, rate] = [middle(levels), middle(rates)]
    const parts = { levels: levels.map(() => level), rates: rates.map(() => rate) }
    return costOf({ levels, rates }, parts, 1, partMs)
}

/** How badly what is known fits to what was seen, if that lives so many times as slow. */
function costOf(seen: PartsOfTime, known: PartsOfTime, slower: number, partMs: number): number {
    let [cost, parts] = [0, 0]
    for (const [i, level] of seen.levels.entries()) {
        const off = (level - known.levels[i]!) / LEVEL_OFF
        if (Number.isNaN(off)) continue
        cost += Math.min(off * off, MOST_COST)
        parts++
    }
    if (parts < MIN_PARTS) return Infinity
    return cost + costOfRates(seen.rates, known.rates, slower, partMs)
}

/** The same of how often it collects, whatever comes and goes evenly. */
function costOfRates(
    seen: readonly number[],
    known: readonly number[],
    slower: number,
    partMs: number,
): number {
    const weightOf = (rate: number) => 1 / ((RATE_OFF * rate) ** 2 + (COUNT_OFF / partMs) ** 2)
    let [sum, weights] = [0, 0]
    for (const [i, rate] of seen.entries()) {
        const weight = weightOf(rate)
        sum += weight * (rate - known[i]! / slower)
        weights += weight
    }
    // All that comes and goes may have stopped, or do so at three times the pace.
    const least = Math.min(...known)
    const evenly = Math.min(2 * least, Math.max(-least / slower, sum / weights))
    let cost = 0
    for (const [i, rate] of seen.entries()) {
        const off = rate - known[i]! / slower - evenly
        cost += Math.min(off * off * weightOf(rate), MOST_COST)
    }
    return Number.isNaN(cost) ? 0 : cost
}
