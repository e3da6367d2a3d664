import type { Trend } from "../../model/figures"
import { courseOf } from "../leaks/steady-growth"

/** A rise smaller than this over the judged time is noise: one small object more or less. Bytes. */
const NOISE_BYTES = 48
/** Points kept. When full, every second one goes: a long run is judged as evenly as a short one. */
const MAX_POINTS = 4096

/**
 * Tells whether live bytes grow without end, from what collections leave (and samples, whose marking
 * says what one would leave). A warm-up rises and stops; a sawtooth comes back to its floor; a leak
 * is a floor that still rises in the last part of the run.
 */
export class TrendFinder {
    private times: number[] = []
    private live: number[] = []
    private stride = 1
    private skipped = 0

    add(atMs: number, liveBytes: number): void {
        if (++this.skipped < this.stride) return
        this.skipped = 0
        this.times.push(atMs)
        this.live.push(liveBytes)
        if (this.times.length < MAX_POINTS) return
        const odd = (_: number, index: number) => index % 2 === 1
        this.times = this.times.filter(odd)
        this.live = this.live.filter(odd)
        this.stride *= 2
    }

    /** Another that knows the same and goes on by itself. */
    fork(): TrendFinder {
        const { times, live, stride, skipped } = this
        const other = new TrendFinder()
        return Object.assign(other, { stride, skipped, times: [...times], live: [...live] })
    }

    /** Live bytes at the first point, 0 when there is none. */
    get firstLiveBytes(): number {
        return this.live[0] ?? 0
    }

    trend(): Trend {
        const course = courseOf({ times: this.times, values: this.live }, NOISE_BYTES)
        if (!course) return { liveBytesPerHour: 0, verdict: "unclear" }
        const { perMs, verdict } = course
        return { liveBytesPerHour: Math.round(perMs * 3_600_000), verdict }
    }
}
