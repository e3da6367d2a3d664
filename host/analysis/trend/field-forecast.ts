import type { TimeToDeath } from "../../model/time-to-death"
import { liveBelow } from "./live-below"
import { ProbeCycles, type Probe } from "./probe-cycles"
import { quantile } from "./quantile"

/** Probes from one look at all of it to the next: there may be a thousand boards. */
const LOOK_EVERY = 12
/** What has looked like a leak so often, one time after the other, is told of. */
const MIN_LOOKS = 3
/** A warm-up or a sawtooth of this length cannot be told from a leak before. */
const MIN_WATCHED_MS = 720_000
/** Fewer collections tell no line. */
const MIN_CYCLES = 16
/** Equal parts of the time looked back on. */
const PARTS = 8
/** Live blocks above the last probe are not seen: of the cycles of a part, those that saw most tell. */
const OF_CYCLES = 0.9
/** It has risen by this share of the heap at least, over the time looked back on. */
const MIN_RISE = 0.06
/** The parts lie off the line by no more, at the middle, as a share of the rise. */
const MOST_OFF = 0.08
/** The later half rises as fast as all, within these factors: it neither comes to an end nor has begun just now. */
const LEAST_LATER = 0.6
const MOST_LATER = 1.6
/**
 * So full a heap is when an ever larger list of what grows finds no room, or at the latest the last small block:
 * measured on simulated deaths.
 */
const FULL = { soonest: 0.6, usual: 0.83, latest: 0.98 }

/**
 * Foretells when a board in the field runs out of memory, from nothing but where the agent's probes came to be: what
 * is live below them between two collections is known to a hundredth of the heap, and a straight line through that is
 * followed until the heap is full.
 *
 * It tells nothing where no such line is seen: of what does not grow, what has been watched for less than twelve
 * minutes, and of most of what keeps what grows in one large block (a text, a list of numbers, a map), for such a
 * block lies above the probes as often as below them.
 */
export class FieldForecast {
    private readonly cycles = new ProbeCycles()
    private fromMs: number | undefined
    private probes = 0
    private looks = 0
    private told: TimeToDeath | undefined

    /** @param capacityBytes of the heap that blocks can use */
    constructor(private readonly capacityBytes: number) {}

    /** A probe larger than most holes came to be there. */
    add(probe: Probe): void {
        this.fromMs ??= probe.atMs
        this.cycles.add(probe)
        if (++this.probes % LOOK_EVERY !== 0) return
        this.told = this.look(this.fromMs, probe.atMs)
        this.looks = this.told ? this.looks + 1 : 0
    }

    /**
     * In the program's own milliseconds since its start, as the probes are.
     * @returns undefined of what does not grow, or cannot be told from that yet
     */
    get death(): TimeToDeath | undefined {
        return this.looks >= MIN_LOOKS ? this.told : undefined
    }

    private look(fromMs: number, nowMs: number): TimeToDeath | undefined {
        const { cycles } = this
        if (nowMs - fromMs < MIN_WATCHED_MS || cycles.count < MIN_CYCLES) return undefined
        const lives = this.livesByPart(fromMs, nowMs)
        if (!lives) return undefined
        const all = lineThrough(lives)
        const later = lineThrough(lives.slice(PARTS / 2)).slope / all.slope
        const isSteady = later >= LEAST_LATER && later <= MOST_LATER
        if (all.slope < MIN_RISE || all.off > MOST_OFF * all.slope || !isSteady) return undefined
        const now = Math.max(all.end, ...lives.slice(-1))
        // Of the time looked back on, so much is left.
        const left = (full: number, slope: number) =>
            Math.round(nowMs + (Math.max(0, full - now) / slope) * (nowMs - fromMs))
        return {
            atMs: left(FULL.usual, all.slope),
            fromMs: left(FULL.soonest, all.steep),
            toMs: left(FULL.latest, all.flat),
        }
    }

    /** What was live in each part of the time, as a share of the heap. */
    private livesByPart(fromMs: number, nowMs: number): number[] | undefined {
        const parts = Array.from({ length: PARTS }, (): number[] => [])
        for (const cycle of this.cycles.cycles) {
            const part = Math.floor(((cycle.atMs - fromMs) / (nowMs - fromMs)) * PARTS)
            parts[Math.min(PARTS - 1, part)]!.push(liveBelow(cycle, this.capacityBytes))
        }
        if (parts.some(lives => lives.length === 0)) return undefined
        return parts.map(lives => quantile(lives, OF_CYCLES))
    }
}

/**
 * The line through equally distant points that most pairs of them agree on (Theil and Sen): its slope over all the
 * time, the slopes that a third of the pairs exceed or stay below, where it ends, and how far off points are.
 */
function lineThrough(values: readonly number[]) {
    const slopes: number[] = []
    for (const [i, from] of values.entries())
        for (const [k, to] of values.slice(i + 1).entries())
            slopes.push(((to - from) / (k + 1)) * PARTS)
    const slope = quantile(slopes, 0.5)
    const at = (i: number) => (slope * (i - values.length + 0.5)) / PARTS
    const end = quantile(
        values.map((value, i) => value - at(i)),
        0.5,
    )
    const off = quantile(
        values.map((value, i) => Math.abs(value - end - at(i))),
        0.5,
    )
    return { slope, end, off, steep: quantile(slopes, 0.67), flat: quantile(slopes, 0.33) }
}
