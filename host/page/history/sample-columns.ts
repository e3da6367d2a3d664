import { lastAtMost } from "../../model/last-at-most"
import type { SampleEvent } from "../../model/events"

/** Points kept: an hour at ten a second. Beyond, the older half is merged with its peaks kept. */
const CAPACITY = 36_000
/** Of the older points, so many become one. */
const MERGED = 2

/** What a chart is drawn of, a column each, as a chart wants it. Bounded. */
export class SampleColumns {
    length = 0
    /** Counts all changes: who has drawn this one need not again. */
    version = 0
    readonly atMs: Float64Array
    /** The same in seconds, as the chart counts. */
    readonly atSeconds: Float64Array
    readonly usedBytes: Float64Array
    readonly liveBytes: Float64Array
    readonly largestFreeBytes: Float64Array
    /** The most ever used up to there. */
    readonly highWaterBytes: Float64Array
    /** The most live of any sample up to there. */
    readonly highWaterLiveBytes: Float64Array
    readonly collections: Float64Array
    readonly allocatedBytes: Float64Array
    /** By how much `usedBytes` may be off; 0 where it is exact. */
    readonly errorBytes: Float64Array

    /** @param capacity points, 4 at least */
    constructor(private readonly capacity = CAPACITY) {
        const column = () => new Float64Array(capacity)
        this.atMs = column()
        this.atSeconds = column()
        this.usedBytes = column()
        this.liveBytes = column()
        this.largestFreeBytes = column()
        this.highWaterBytes = column()
        this.highWaterLiveBytes = column()
        this.collections = column()
        this.allocatedBytes = column()
        this.errorBytes = column()
    }

    add(sample: SampleEvent): void {
        this.version++
        if (this.length === this.capacity) this.merge()
        const at = this.length++
        this.atMs[at] = sample.atMs
        this.atSeconds[at] = sample.atMs / 1000
        this.usedBytes[at] = sample.usedBytes
        this.liveBytes[at] = sample.liveBytes
        this.largestFreeBytes[at] = sample.largestFreeBytes
        this.collections[at] = sample.collections
        this.allocatedBytes[at] = sample.allocatedBytes
        this.errorBytes[at] = sample.estimate?.errorBytes ?? 0
        const before = at === 0 ? 0 : this.highWaterBytes[at - 1]!
        this.highWaterBytes[at] = Math.max(before, sample.usedBytes)
        const liveBefore = at === 0 ? 0 : this.highWaterLiveBytes[at - 1]!
        this.highWaterLiveBytes[at] = Math.max(liveBefore, sample.liveBytes)
    }

    clear(): void {
        this.version++
        this.length = 0
    }

    /** @returns the index of the last point at or before a time, or -1 */
    indexAt(ms: number): number {
        return lastAtMost(this.atMs.subarray(0, this.length), ms)
    }

    private get columns(): Float64Array[] {
        const { atMs, atSeconds, usedBytes, liveBytes, largestFreeBytes } = this
        const { highWaterBytes, highWaterLiveBytes, collections, allocatedBytes } = this
        return [
            ...[atMs, atSeconds, usedBytes, liveBytes, largestFreeBytes],
            ...[highWaterBytes, highWaterLiveBytes, collections, allocatedBytes],
            this.errorBytes,
        ]
    }

    /** Of each pair in the older half, the one with more in use stays. */
    private merge(): void {
        const half = (this.capacity >> 1) - ((this.capacity >> 1) % MERGED)
        let to = 0
        for (let from = 0; from < half; from += MERGED)
            this.move(this.usedBytes[from]! > this.usedBytes[from + 1]! ? from : from + 1, to++)
        for (let from = half; from < this.length; from++) this.move(from, to++)
        this.length = to
    }

    private move(from: number, to: number): void {
        for (const column of this.columns) column[to] = column[from]!
    }
}
