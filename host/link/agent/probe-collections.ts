/** What a report takes from the heap beside its probe, and a probe beside its bytes, in bytes; measured. */
const REPORT_BYTES = 120
const PROBE_BYTES = 12
/** The largest probe: only fragments are below its address. */
const LARGEST_PROBE_BYTES = 120
/** Those fragments, at most; measured. */
const CRUMB_BYTES = 2000
/** A probe this far below the last of its size: there was a collection in between. Bytes. */
const FALL_BYTES = 2048
/** After a collection each size of probe falls once: so many reports. */
const PROBE_SIZES = 3
/** Reports looked back on for falls, and those that are needed before anything is said. */
const WINDOW = 16
const MIN_REPORTS = 6
/** What the agent takes from one of the largest probes to the next, in bytes. */
const ROUND_BYTES = PROBE_SIZES * (REPORT_BYTES + PROBE_BYTES) + 36 + LARGEST_PROBE_BYTES
/** Rises of the largest probe looked back on. */
const RISES = 5

/**
 * Follows the heap of a program that rests. What fills it then are the agent's own reports, whose bytes
 * are known, and what else the largest probe rises by; a collection takes off what has come since the
 * last one, a quarter of the heap. What the program keeps need not be seen for that, which the
 * probes' addresses alone do not tell while they go through holes.
 */
export class IdleHeap {
    private used: number | undefined
    private reports = 0
    private readonly lastBySize = new Map<number, number>()
    /** Numbers of the reports whose probe fell. */
    private falls: number[] = []
    private readonly rises: number[] = []
    private lastLargest: number | undefined

    /** @param cycleBytes what is allocated between two collections */
    constructor(private readonly cycleBytes: number) {}

    /** Whether collections come so seldom that all of them are seen. */
    get isIdle(): boolean {
        return this.reports >= MIN_REPORTS && this.falls.length <= PROBE_SIZES
    }

    /** A report without a probe. */
    addBase(): void {
        this.reports++
        if (this.used !== undefined) this.used += REPORT_BYTES
    }

    /**
     * @param fill up to where the probe was filled in, `top` the highest of late, in bytes from the start
     * @param other what else is known of the bytes in use, for a start and for where this cannot tell
     * @returns the bytes in use
     */
    add(probeBytes: number, fill: number, top: number, other: number): number {
        this.reports++
        let used = other
        if (this.used !== undefined) used = this.used + REPORT_BYTES + PROBE_BYTES + probeBytes
        if (this.isCollected(probeBytes, fill)) {
            used = used > this.cycleBytes ? used - this.cycleBytes : used / 2
            this.rises.length = 0
            this.lastLargest = undefined
        }
        if (probeBytes === LARGEST_PROBE_BYTES) this.rise(fill)
        used += this.programBytes()
        if (probeBytes === LARGEST_PROBE_BYTES) used = Math.max(used, fill - CRUMB_BYTES)
        used = Math.min(used, top)
        this.used = this.falls.length > PROBE_SIZES ? other : used
        return this.used
    }

    /** Whether there was a collection that no probe before this one has shown. */
    private isCollected(probeBytes: number, fill: number): boolean {
        const last = this.lastBySize.get(probeBytes)
        // A board that makes up sizes is not to fill this machine.
        if (this.lastBySize.size > PROBE_SIZES) this.lastBySize.clear()
        this.lastBySize.set(probeBytes, fill)
        this.falls = this.falls.filter(report => this.reports - report < WINDOW)
        if (last === undefined || last - fill <= FALL_BYTES) return false
        const before = this.falls.at(-1)
        this.falls.push(this.reports)
        return before === undefined || this.reports - before > PROBE_SIZES
    }

    private rise(fill: number): void {
        if (this.lastLargest !== undefined) this.rises.push(fill - this.lastLargest)
        if (this.rises.length > RISES) this.rises.shift()
        this.lastLargest = fill
    }

    /** What the program itself allocates from one report to the next. */
    private programBytes(): number {
        const sorted = [...this.rises].sort((a, b) => a - b)
        const middle = sorted[sorted.length >> 1] ?? 0
        return Math.max(0, (middle - ROUND_BYTES) / PROBE_SIZES)
    }
}
