import { liveBelow } from "./live-below"
import type { ProbeCycle } from "./probe-cycles"
import { quantile } from "./quantile"
import type { Growth } from "./site-growth"

/** Times are told apart by this much of a logarithm: half a percent. */
export const STEP = 0.005
/** What is looked at as one is the last fifth of a time. */
export const WINDOW = 0.8
/** Live blocks above the last probe are not seen: of the cycles of a window, those that saw most tell. */
const OF_CYCLES = 0.9

/** How a program lives and dies in the simulator. */
export interface ProgramLife {
    /** Bytes of the heap that blocks can use. */
    capacityBytes: number
    /**
     * When it ran out of memory, in its own milliseconds since its start: first on this heap, then on others that are
     * a little smaller.
     */
    deathsMs: readonly number[]
    /** What the functions that leak allocated, oldest first. */
    growth: readonly Growth[]
    /** Of its agent's probes, oldest first. */
    cycles: readonly ProbeCycle[]
}

/** A time by its logarithm, in steps. @param ms more than 0 */
export function placeOf(ms: number): number {
    return Math.log(ms) / STEP
}

/**
 * What is live below the probes of the last fifth of a time, as a share of the heap.
 * @returns undefined where that has no cycle
 */
export function levelBy(
    toMs: number,
    cycles: readonly ProbeCycle[],
    capacityBytes: number,
): number | undefined {
    const levels = cycles
        .filter(({ atMs }) => atMs > WINDOW * toMs && atMs <= toMs)
        .map(cycle => liveBelow(cycle, capacityBytes))
    return levels.length === 0 ? undefined : quantile(levels, OF_CYCLES)
}

/** A life that is known to its end, in a table by the logarithm of time: another pace is another place in it. */
export class KnownLife {
    private readonly first: number
    private readonly allocated: Float64Array
    private readonly levels: Float64Array
    private readonly largest: Float64Array

    constructor(private readonly life: ProgramLife) {
        const { growth, cycles, capacityBytes } = life
        this.first = Math.floor(placeOf(Math.max(1, growth[1]?.atMs ?? 1)))
        const last = Math.ceil(placeOf(Math.max(1, growth.at(-1)?.atMs ?? 1)))
        const count = Math.max(1, last - this.first + 1)
        this.allocated = new Float64Array(count)
        this.levels = new Float64Array(count)
        this.largest = new Float64Array(count)
        let at = 0
        for (let i = 0; i < count; i++) {
            const atMs = Math.exp((this.first + i) * STEP)
            while (at < growth.length - 2 && growth[at + 1]!.atMs <= atMs) at++
            const [a, b] = [growth[at], growth[at + 1] ?? growth[at]]
            if (!a || !b) continue
            const share = Math.max(0, Math.min(1, (atMs - a.atMs) / Math.max(1, b.atMs - a.atMs)))
            this.allocated[i] = a.allocatedBytes + (b.allocatedBytes - a.allocatedBytes) * share
            this.levels[i] = levelBy(atMs, cycles, capacityBytes) ?? this.levels[i - 1] ?? 0
            this.largest[i] = a.largestBytes / capacityBytes
        }
    }

    /** In the program's own milliseconds, as `ProgramLife` has them. */
    get deathsMs(): readonly number[] {
        return this.life.deathsMs
    }

    /** Whether anything of it is known to grow. */
    get grows(): boolean {
        return this.life.growth.length > 1
    }

    /** What the functions that leak had allocated by then, in bytes. @param place as `placeOf` has it */
    allocatedBy(place: number): number {
        return at(this.allocated, place - this.first)
    }

    /** The largest block that the functions that leak hold then, as a share of the heap. */
    largestAt(place: number): number {
        return at(this.largest, place - this.first)
    }

    /** What was live below its probes in the last fifth of the time until then, as a share of the heap. */
    levelAt(place: number): number {
        return at(this.levels, place - this.first)
    }
}

/** Between two values of a table; before and after it, its first and last. */
function at(table: Float64Array, place: number): number {
    if (place <= 0) return table[0]!
    const low = Math.floor(place)
    if (low >= table.length - 1) return table.at(-1)!
    return table[low]! + (table[low + 1]! - table[low]!) * (place - low)
}
