import type { Trend } from "../../model/figures"

/** Share of the run, from its start, that counts as warm-up and is left out. */
const WARM_UP = 1 / 3
/** Windows the rest is cut into. Their minima are the floor that sawtooth and bursts stand on. */
const WINDOWS = 8
const MIN_POINTS = 2 * WINDOWS
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

    /** Live bytes at the first point, 0 when there is none. */
    get firstLiveBytes(): number {
        return this.live[0] ?? 0
    }

    trend(): Trend {
        const { times, live } = this
        if (times.length < MIN_POINTS) return { liveBytesPerHour: 0, verdict: "unclear" }
        const begin = times[0]! + (times.at(-1)! - times[0]!) * WARM_UP
        const width = (times.at(-1)! - begin) / WINDOWS
        const floor = Array<number>(WINDOWS).fill(Infinity)
        const floorAt = Array<number>(WINDOWS).fill(0)
        times.forEach((at, index) => {
            if (at < begin) return
            const window = Math.min(WINDOWS - 1, Math.floor((at - begin) / width))
            if (live[index]! < floor[window]!) {
                floor[window] = live[index]!
                floorAt[window] = at
            }
        })
        if (floor.includes(Infinity)) return { liveBytesPerHour: 0, verdict: "unclear" }
        const liveBytesPerHour = Math.round(medianSlope(floorAt, floor) * 3_600_000)
        return { liveBytesPerHour, verdict: judge(floor) }
    }
}

function judge(floor: number[]): Trend["verdict"] {
    const half = floor.length / 2
    const late = floor.slice(half)
    const lateRise = late.at(-1)! - late[0]!
    const rise = floor.at(-1)! - floor[0]!
    if (Math.max(...late) - Math.min(...late) <= NOISE_BYTES / 2) return "flat"
    if (rise <= NOISE_BYTES && lateRise <= NOISE_BYTES) return "flat"
    const steps = floor.slice(1).map((value, index) => value - floor[index]!)
    const ups = steps.filter(step => step > 0).length
    const downs = steps.filter(step => step < 0).length
    // What still rises at the end, at no less than a third of its earlier pace, has not warmed up.
    const stillRising = lateRise > NOISE_BYTES / 2 && lateRise * 3 >= rise - lateRise
    return ups >= 5 && downs <= 1 && stillRising ? "growing" : "unclear"
}

/** Theil-Sen: the median of the slopes between all pairs, which no single spike can move. */
function medianSlope(x: number[], y: number[]): number {
    const slopes: number[] = []
    for (let i = 0; i < x.length; i++)
        for (let j = i + 1; j < x.length; j++)
            if (x[j] !== x[i]) slopes.push((y[j]! - y[i]!) / (x[j]! - x[i]!))
    slopes.sort((a, b) => a - b)
    const middle = slopes.length >> 1
    if (slopes.length === 0) return 0
    return slopes.length % 2 ? slopes[middle]! : (slopes[middle - 1]! + slopes[middle]!) / 2
}
