import type { BoardFigure, BoardFigureName } from "../../documents/check/board-check"
import type { MemoryEvent, SampleEvent, StructureFigures } from "../../model/events"
import { MAX_STRUCTURES } from "../../model/memory-model"
import { errorsOf } from "../recordings/estimate-error"
import { Counter } from "../recordings/recorded-run"
import { TrendFinder } from "../trend/live-trend"

const HOUR_MS = 3_600_000
/** Steadier than from so many points nobody can say how live bytes grow. */
const MIN_POINTS = 3

/** A structure as the agent reports it: both figures only ever rise. */
export interface ReportedStructure {
    highWaterMark: number
    refused: number
}

/** What was seen of a figure whose extreme counts: it lies between two values. */
class Extreme {
    private exact: BoardFigure | undefined
    private estimated: BoardFigure | undefined

    /** @param isMost whether the most counts, or the last that was seen */
    constructor(private readonly isMost: boolean) {}

    add(value: number, error: number): void {
        const one = { value, least: Math.max(0, value - error), most: value + error }
        const side = error === 0 ? "exact" : "estimated"
        const old = this[side]
        this[side] = this.isMost && old ? larger(old, one) : one
    }

    /**
     * @param readsExactly somebody reads the whole heap now and then: an estimate only counts where it is
     * surely beyond what was read
     */
    figure(readsExactly: boolean): BoardFigure | undefined {
        const { exact, estimated } = this
        if (!exact || !estimated) return exact ?? estimated
        if (!readsExactly) return this.isMost ? larger(exact, estimated) : estimated
        const sure = { value: estimated.least, least: estimated.least, most: estimated.least }
        return this.isMost ? larger(exact, sure) : exact
    }
}

function larger(a: BoardFigure, b: BoardFigure): BoardFigure {
    return {
        value: Math.max(a.value, b.value),
        least: Math.max(a.least, b.least),
        most: Math.max(a.most, b.most),
    }
}

/**
 * Sums up what a real board tells of its heap as figures that a budget may be of, each with how far it may be
 * off: the agent's estimates state their error, exact readings have none. The most is that of the moments at
 * which somebody looked.
 */
export class BoardFigures {
    samples = 0
    exactReadings = 0
    private readonly live = new Extreme(true)
    private readonly used = new Extreme(true)
    private readonly largestFree = new Extreme(false)
    private readonly trend = new TrendFinder()
    private readonly exactTrend = new TrendFinder()
    private mostError = 0
    private firstMs: number | undefined
    private lastMs = 0
    private readonly structures = new Map<string, { mark: number; refused: Counter }>()

    /**
     * @param heapBytes nominal size of the board's heap
     * @param readsExactly whether the heap is read exactly again and again
     */
    constructor(
        private readonly heapBytes: number,
        private readonly readsExactly: boolean,
    ) {}

    add(event: MemoryEvent): void {
        if (event.kind === "sample") this.sample(event)
        else if (event.kind === "figures") {
            const { usedBytes, liveBytes, largestFreeBytes } = event.heap
            this.exactReadings++
            this.used.add(usedBytes, 0)
            this.live.add(liveBytes, 0)
            this.largestFree.add(largestFreeBytes, 0)
            this.exactTrend.add(event.atMs, liveBytes)
            this.trend.add(event.atMs, liveBytes)
        } else if (event.kind === "structures")
            for (const structure of event.structures) this.structure(structure)
    }

    /** What there is a value of. */
    figures(): Partial<Record<BoardFigureName, BoardFigure>> {
        const { live, used, largestFree, readsExactly } = this
        const found: Partial<Record<BoardFigureName, BoardFigure | undefined>> = {
            live: live.figure(readsExactly),
            used: used.figure(readsExactly),
            largestFree: largestFree.figure(readsExactly),
            growth: this.growth(),
        }
        return Object.fromEntries(
            Object.entries(found).filter(([, figure]) => figure !== undefined),
        )
    }

    /** By the names that the program has given them. */
    reported(): Map<string, ReportedStructure> {
        return new Map(
            [...this.structures].map(([name, { mark, refused }]) => [
                name,
                { highWaterMark: mark, refused: refused.total },
            ]),
        )
    }

    private sample(sample: SampleEvent): void {
        const { atMs, usedBytes, liveBytes, largestFreeBytes } = sample
        const error = errorsOf(sample, this.heapBytes)
        this.samples++
        this.used.add(usedBytes, error.used)
        this.live.add(liveBytes, error.live)
        this.largestFree.add(largestFreeBytes, error.largestFree)
        this.trend.add(atMs, liveBytes)
        this.mostError = Math.max(this.mostError, error.live)
        this.firstMs ??= atMs
        this.lastMs = atMs
    }

    private get spanMs(): number {
        return this.firstMs === undefined ? 0 : this.lastMs - this.firstMs
    }

    private growth(): BoardFigure | undefined {
        const isExact = this.readsExactly && this.exactReadings >= MIN_POINTS
        const { liveBytesPerHour: value, verdict } = (
            isExact ? this.exactTrend : this.trend
        ).trend()
        if (verdict === "unclear") return undefined
        const error = isExact ? 0 : (2 * this.mostError * HOUR_MS) / Math.max(1, this.spanMs)
        return { value, least: value - error, most: value + error }
    }

    private structure({ name, highWaterMark, refused }: StructureFigures): void {
        let known = this.structures.get(name)
        if (!known) {
            if (this.structures.size >= MAX_STRUCTURES) return
            known = { mark: 0, refused: new Counter() }
            this.structures.set(name, known)
        }
        known.mark = Math.max(known.mark, highWaterMark)
        known.refused.add(refused)
    }
}
