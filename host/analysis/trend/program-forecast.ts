import type { TimeToDeath } from "../../model/time-to-death"
import { likeliestDeath } from "./likeliest-death"
import { fitPaces, MOST_SLOWER } from "./pace-fit"
import { ProbeCycles, type Probe } from "./probe-cycles"
import type { KnownLife } from "./program-life"

/** Probes from one look at all of it to the next, */
const LOOK_EVERY = 12
/** or so many times as many as there were: after a day, an hour more changes little. */
const LOOK_LATER = 1.1
/** Of fewer cycles nothing can be said. */
const MIN_CYCLES = 6
/** So near to the slowest, or fastest, it may as well not grow at all. */
const AT_END = 1.1
/** What is live and fits no better than this is no such life. */
const WORST_LEVELS = 25
/** A cost is so many times the logarithm of how likely it is, as a sum of squares is. */
const LIKELIHOOD = 2
/** What is less likely than this, to the best one, is left out. */
const UNLIKELY = 1e-3
/** Paces that cost no more than this above the best one may be true, too. */
const MAY_BE = 6
/** What lives of a kind differ by besides: measured, as is what costs what. */
const LIVES_DIFFER = 0.05
/** That nothing grows has to fit worse by so much. */
const MUST_GROW = 4
/** What cannot be told more closely than this, half the range, is not told. */
const WIDEST = 1

/** A life of the program that a board runs, as soon as it is known. */
export interface LifeAtHand {
    readonly life: KnownLife | undefined
}

/**
 * Foretells a board's death by a life of its program that is known to its end: how many times as slowly as that one
 * it grows is what fits its probes best. What comes and goes may do so at another pace than what grows: it is taken
 * to be even. A list, a map or a text that grows allocates a larger block now and then, of the same sizes at any
 * pace: that a collection comes sooner for it tells the pace to a hundredth.
 *
 * Which of these moves finds no hole is another matter: lives of one program die at one or the next of them, and the
 * range is as wide as those that are known differ.
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
        if (cycles.length < MIN_CYCLES || !life.grows) return undefined
        const seen = { cycles, fromMs, nowMs, capacityBytes: this.capacityBytes }
        const fit = fitPaces(life, seen)
        if (!fit) return undefined
        const best = fit.paces.reduce((a, b) => (b.cost < a.cost ? b : a))
        if (best.levelCost > WORST_LEVELS) return undefined
        // With nothing that can be, all costs are infinite.
        if (!(best.cost + MUST_GROW <= fit.standstillCost)) return undefined
        const most = MOST_SLOWER / AT_END
        if (best.slower > most || best.slower < 1 / most) return undefined
        const deaths = life.deathsMs.map(ms => ms * best.slower).filter(ms => ms > nowMs)
        if (deaths.length === 0) return undefined
        const likely = fit.paces.flatMap(({ slower, cost }) => {
            const weight = Math.exp((best.cost - cost) / LIKELIHOOD)
            const deaths = weight < UNLIKELY ? [] : life.deathsMs.map(ms => ms * slower)
            return deaths.filter(ms => ms > nowMs).map(atMs => ({ atMs, weight }))
        })
        const mayBe = fit.paces.filter(({ cost }) => cost <= best.cost + MAY_BE)
        const [fastest, slowest] = [mayBe[0]!, mayBe.at(-1)!].map(
            ({ slower }) => slower / best.slower,
        )
        const atMs = likeliestDeath(likely)
        const soonest = Math.min(...deaths) * fastest! * (1 - LIVES_DIFFER)
        const latest = Math.max(...deaths) * slowest! * (1 + LIVES_DIFFER)
        if ((latest - soonest) / 2 > WIDEST * atMs) return undefined
        return {
            atMs: Math.round(atMs),
            fromMs: Math.round(Math.max(nowMs, soonest)),
            toMs: Math.round(latest),
        }
    }
}
