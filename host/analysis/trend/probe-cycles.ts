/** A probe this far below the last one: there was a collection in between. Bytes. */
const FALL_BYTES = 2048
/** Cycles kept, unless told otherwise. When full, every second one goes: a long run is told of as evenly as a short one. */
const MAX_CYCLES = 256

/** Where a probe of an agent on a board came to be. */
export interface Probe {
    /** Counts the reports of one run. */
    seq: number
    /** The program's own milliseconds. */
    atMs: number
    /** How far the heap was filled with it, in bytes from its first block on. */
    fillBytes: number
}

/** What the probes between two collections were like. */
export interface ProbeCycle {
    /** How many were seen before it. */
    number: number
    /** When its first probe came, right after a collection, */
    firstMs: number
    /** and where it was. Bytes. */
    firstBytes: number
    /** When its last probe came. */
    atMs: number
    /** Reports since the last probe of the cycle before. */
    reports: number
    /** Where its last probe was. Bytes. */
    topBytes: number
}

/**
 * The probes of one run of a program by the cycles of its collector: new buffers come to lie in the lowest hole that
 * has room, so they rise until a collection gives back what is garbage. Memory is bounded.
 */
export class ProbeCycles {
    /** All cycles that were seen from beginning to end, also those that are not kept. */
    count = 0
    private kept: ProbeCycle[] = []
    private stride = 1
    private last: Probe | undefined
    /** The first probe of the cycle under way. */
    private first: Probe | undefined
    /** The last probe of the cycle before. */
    private before: Probe | undefined

    constructor(private readonly most = MAX_CYCLES) {}

    add(probe: Probe): void {
        const { last } = this
        if (last && probe.fillBytes < last.fillBytes - FALL_BYTES) {
            this.close(last)
            this.first = probe
        }
        this.last = probe
    }

    /** Oldest first. */
    get cycles(): readonly ProbeCycle[] {
        return this.kept
    }

    private close({ seq, atMs, fillBytes }: Probe): void {
        const { before, first } = this
        this.before = this.last
        // How long the first one has lasted is not known.
        if (!before || !first) return
        const number = this.count++
        if (number % this.stride !== 0) return
        const reports = Math.max(1, seq - before.seq)
        this.kept.push({
            ...{ number, reports, atMs, topBytes: fillBytes },
            ...{ firstMs: first.atMs, firstBytes: first.fillBytes },
        })
        if (this.kept.length < this.most) return
        this.kept = this.kept.filter((_, i) => i % 2 === 0)
        this.stride *= 2
    }
}
