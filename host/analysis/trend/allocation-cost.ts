import { collectionThreshold } from "../../model/heap/heap-memory"
import type { ProbeCycle } from "./probe-cycles"
import { quantile } from "./quantile"
import { placeOf } from "./program-life"

/** Of a spread that has no far ones, the median of what lies off is this much less. */
const SPREAD = 1.48
/** The same, of what is taken along to find the pace of what comes and goes: so many times the median. */
const NEAR = 2.5
/** How closely a cycle is told, at best. Bytes. */
const LEAST_OFF = 60
/** How much it is off is what it is at one in ten of all paces. */
const OFF_AT = 0.1
/** A cycle that seems too long makes the next one seem too short: by so much of it, */
const CARRIED = 0.45
/** and what is left then is so much of what it was. */
const LEFT = 0.9
/** So far off, it is something else: how far does not matter. */
const FAR = 4
/** More intervals than these tell no more: by then it is not chance that they are off by. */
const MANY = 100

/** What a growth does not explain of each interval's bytes, */
export interface Unexplained {
    rest: Float64Array
    /** and how far off that is, mostly. */
    off: number
}

/** What a board allocated from the first probe of one cycle to that of the next. */
export class AllocationsSeen {
    /** When each cycle began, as `placeOf` has it: one more than there are intervals. */
    private readonly places: Float64Array
    private readonly ms: Float64Array
    private readonly bytes: Float64Array
    private readonly thresholdBytes: number

    /** @param cycles oldest first, two at least */
    constructor(cycles: readonly ProbeCycle[], capacityBytes: number) {
        const thresholdBytes = collectionThreshold(capacityBytes)
        this.thresholdBytes = thresholdBytes
        this.places = Float64Array.from(cycles, ({ firstMs }) => placeOf(Math.max(1, firstMs)))
        const gaps = cycles.slice(1).map((cycle, i) => [cycles[i]!, cycle] as const)
        this.ms = Float64Array.from(gaps, ([a, b]) => b.firstMs - a.firstMs)
        // Both probes came a little after a collection: the further up, the later.
        this.bytes = Float64Array.from(
            gaps,
            ([a, b]) => (b.number - a.number) * thresholdBytes + b.firstBytes - a.firstBytes,
        )
    }

    /**
     * What of each interval's bytes is not explained by what grew, and what comes and goes evenly beside it.
     * @param grownBy bytes that what grows had allocated by a place
     */
    unexplained(grownBy: (place: number) => number): Unexplained {
        const { ms, bytes, places, thresholdBytes } = this
        const count = ms.length
        const rest = new Float64Array(count)
        const scratch = new Float64Array(count)
        let before = grownBy(places[0]!)
        for (let i = 0; i < count; i++) {
            const by = grownBy(places[i + 1]!)
            rest[i] = bytes[i]! - (by - before)
            before = by
            scratch[i] = rest[i]! / ms[i]!
        }
        let rate = Math.max(0, median(scratch))
        for (let i = 0; i < count; i++) {
            // Of what is allocated at once, one collection alone is seen, however many there were.
            const more = Math.round((rate * ms[i]! - rest[i]!) / thresholdBytes)
            if (more > 0 && bytes[i]! - rest[i]! >= thresholdBytes)
                rest[i]! += more * thresholdBytes
        }
        for (let i = 0; i < count; i++) scratch[i] = Math.abs(rest[i]! - rate * ms[i]!)
        const near = NEAR * median(scratch) + 1
        let [sum, time] = [0, 0]
        for (let i = 0; i < count; i++) {
            if (Math.abs(rest[i]! - rate * ms[i]!) >= near) continue
            sum += rest[i]!
            time += ms[i]!
        }
        rate = Math.max(0, sum / time)
        for (let i = 0; i < count; i++) {
            rest[i]! -= rate * ms[i]!
            scratch[i] = Math.abs(rest[i]!)
        }
        return { rest, off: SPREAD * median(scratch) }
    }
}

/**
 * How badly each of many growths fits, by what it leaves unexplained: the best of them costs about one an interval.
 * @param growths undefined are those that cannot be
 */
export function allocationCosts(growths: readonly (Unexplained | undefined)[]): number[] {
    const possible = growths.filter(growth => growth !== undefined)
    if (possible.length === 0) return growths.map(() => Infinity)
    const offs = possible.map(({ off }) => off)
    const off = Math.max(LEAST_OFF, quantile(offs, OFF_AT))
    const costs = growths.map(growth => (growth ? costOf(growth.rest, off) : Infinity))
    const intervals = Math.min(possible[0]!.rest.length, MANY)
    const scale = Math.min(1, intervals / Math.min(...costs))
    return costs.map(cost => cost * scale)
}

function costOf(rest: Float64Array, off: number): number {
    let [cost, carried] = [0, 0]
    for (const bytes of rest) {
        const left = bytes / off + CARRIED * carried
        carried = Math.max(-FAR, Math.min(FAR, left))
        cost += Math.min((left / LEFT) ** 2, FAR * FAR)
    }
    return cost
}

/** Leaves the values in another order. It picks, and sorts nothing: a look asks for some 1,600 of them. */
function median(values: Float64Array): number {
    const middle = values.length >>> 1
    let [from, to] = [0, values.length - 1]
    while (from < to) {
        const pivot = values[(from + to) >>> 1]!
        let [low, high] = [from, to]
        while (low <= high) {
            while (values[low]! < pivot) low++
            while (values[high]! > pivot) high--
            if (low > high) break
            const moved = values[low]!
            values[low++] = values[high]!
            values[high--] = moved
        }
        if (middle <= high) to = high
        else if (middle >= low) from = low
        else break
    }
    return values[middle]!
}
