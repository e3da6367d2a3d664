/** A probe this far below the last one: there was a collection in between. Bytes. */
const FALL_BYTES = 2048
/** What one report of the agent takes beside its probe, at least, in bytes. */
const REPORT_BYTES = 230
/** Rises looked back on, and lengths of cycles. */
const RISES = 9
const CYCLES = 4
/** Cycles of fewer reports are not followed by time. */
const MIN_CYCLE_REPORTS = 6
/** In shorter ones, what is allocated by where the probe is, as a share of that. */
const SHARE_OF_FILL = 0.2

/**
 * What was allocated since the last collection: that one comes when a quarter of the heap was, so from
 * how long the cycles last, in reports, it is known how much a report's time takes.
 */
export class CollectionCycles {
    /** Collections that were seen. */
    count = 0
    private lastFill: number | undefined
    private lastSeq = 0
    private collectedAt = 0
    private readonly lengths: number[] = []
    private readonly rises: number[] = []

    /** @param cycleBytes what is allocated between two collections */
    constructor(private readonly cycleBytes: number) {}

    /** Begins anew, on a heap that may have another size, where a large buffer would be filled in so far. */
    anew(cycleBytes: number, fill = this.lastFill): CollectionCycles {
        const next = new CollectionCycles(cycleBytes)
        next.lastFill = fill
        next.lastSeq = this.lastSeq
        return next
    }

    /** How long a cycle lasts, in reports; undefined until one was seen from beginning to end. */
    get length(): number | undefined {
        return median(this.lengths)
    }

    /** Whether collections come so seldom that all of them are seen. */
    get areFollowed(): boolean {
        return this.length === undefined || this.length >= MIN_CYCLE_REPORTS
    }

    /** A large probe was filled in so far from the heap's start. */
    add(seq: number, fill: number): void {
        const { lastFill, lastSeq } = this
        this.lastFill = fill
        this.lastSeq = seq
        if (lastFill === undefined) return
        if (fill < lastFill - FALL_BYTES) {
            if (this.count > 0) keep(this.lengths, seq - this.collectedAt, CYCLES)
            this.count++
            this.collectedAt = seq
        } else if (fill >= lastFill && seq > lastSeq)
            keep(this.rises, (fill - lastFill) / (seq - lastSeq), RISES)
    }

    /** Bytes allocated since the last collection that was seen, more or less; 0 before there was one. */
    allocatedBytes(fill: number): number {
        if (this.count === 0) return 0
        const { cycleBytes, length } = this
        if (!this.areFollowed) return Math.min(cycleBytes, SHARE_OF_FILL * fill)
        const perReport =
            length !== undefined
                ? cycleBytes / length
                : Math.min(Math.max(median(this.rises) ?? 0, REPORT_BYTES), cycleBytes / 8)
        return Math.min(cycleBytes, perReport * this.reportsSince(0.5))
    }

    /** What was allocated in so many reports' time, at least, in bytes. */
    leastBytes(reports: number): number {
        return REPORT_BYTES * reports
    }

    private reportsSince(half: number): number {
        return this.lastSeq - this.collectedAt + half
    }
}

function keep(list: number[], value: number, most: number): void {
    list.push(value)
    if (list.length > most) list.shift()
}

function median(values: readonly number[]): number | undefined {
    return [...values].sort((a, b) => a - b)[values.length >> 1]
}
