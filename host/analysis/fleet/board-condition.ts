import { CONDITIONS, type Condition, type WallBoard } from "../../documents/fleet/fleet-wall"
import type { MemoryEvent, SampleEvent } from "../../model/events"
import type { FleetBoard } from "./fleet-board"
import { timeLeft } from "./time-left"

/** More of a heap that is live is nearly full: the alerts of `host/sinks/fleet/monitoring/` say the same. */
const FULL = 0.85
/** A largest free block below this kills the next larger request. Bytes. */
const LEAST_FREE_BYTES = 2048
/** Samples that are kept to be drawn. */
const MAX_TRAIL = 60

/** How one board of a fleet is, from what it reports. */
export class BoardCondition {
    private sample: SampleEvent | undefined
    private hasDied = false
    private deaths = 0
    private starts = 1
    private lastMs: number | undefined
    private readonly trail: number[] = []

    constructor(private readonly board: FleetBoard) {}

    /** @param atMs milliseconds since 1970 */
    add(event: MemoryEvent, atMs: number): void {
        if (event.kind === "panic") {
            this.hasDied = true
            this.deaths++
        }
        if (event.kind !== "sample") return
        if (this.sample && event.atMs < this.sample.atMs) this.starts++
        this.hasDied = false
        this.sample = event
        this.lastMs = atMs
        this.trail.push(Math.round((1000 * event.liveBytes) / limitOf(event)))
        if (this.trail.length > MAX_TRAIL) this.trail.shift()
    }

    toJson(): WallBoard {
        const { sample, board, deaths, starts, lastMs, trail } = this
        const condition = this.condition()
        const isNow = sample !== undefined && condition !== "gone"
        const liveErrorBytes = sample?.estimate?.liveErrorBytes
        return {
            name: board.name,
            board: board.about.board.id,
            condition,
            ...(isNow && {
                heap: {
                    limitBytes: limitOf(sample),
                    usedBytes: sample.usedBytes,
                    liveBytes: sample.liveBytes,
                    largestFreeBytes: sample.largestFreeBytes,
                    ...(liveErrorBytes !== undefined && { liveErrorBytes }),
                },
                uptimeMs: sample.atMs,
                ...deathIn(sample),
            }),
            ...(lastMs !== undefined && { lastMs }),
            ...{ deaths, starts, missed: board.count.missed, trail: [...trail] },
        }
    }

    private condition(): Condition {
        const { sample, board } = this
        if (board.isHere === false) return "gone"
        if (this.hasDied) return "died"
        if (!sample) return "new"
        if (sample.liveBytes > FULL * limitOf(sample)) return "full"
        return sample.largestFreeBytes < LEAST_FREE_BYTES ? "holes" : "fine"
    }
}

/** Orders boards: the worst first, of those alike the fullest, then by name. */
export function worstFirst(a: WallBoard, b: WallBoard): number {
    const rank = (board: WallBoard) => CONDITIONS.indexOf(board.condition)
    return (
        rank(a) - rank(b) ||
        fullness(b) - fullness(a) ||
        b.deaths - a.deaths ||
        a.name.localeCompare(b.name, "en", { numeric: true })
    )
}

/** In hundredths, so that boards do not change places with each report. */
function fullness({ heap }: WallBoard): number {
    return heap ? Math.round((100 * heap.liveBytes) / heap.limitBytes) : 0
}

/** When it runs out of memory, from its last figures on. */
function deathIn(sample: SampleEvent): Pick<WallBoard, "death"> {
    const left = timeLeft(sample)
    if (!left) return {}
    const { atMs: inMs, ...range } = left
    return { death: { inMs, ...range } }
}

function limitOf({ usedBytes, freeBytes }: SampleEvent): number {
    return Math.max(1, usedBytes + freeBytes)
}
