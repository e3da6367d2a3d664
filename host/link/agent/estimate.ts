import type { ForetoldDeath, SampleEvent } from "../../model/events"
import { capacityFor } from "../../model/heap/heap-memory"
import type { IdleHeap } from "../../simulator/idle-heap"
import { START_REPORTS, type AgentReport } from "./agent-line"
import type { Anchor } from "./anchor"
import { CollectionCycles } from "./collection-cycles"
import { shareOff, type Evidence } from "./estimate-error"
import { FieldForecast } from "../../analysis/trend/field-forecast"
import { ProgramForecast, type LifeAtHand } from "../../analysis/trend/program-forecast"
import type { Probe } from "../../analysis/trend/probe-cycles"
import { mapTimes } from "../../model/time-to-death"
import type { ProgramStart } from "./program-start"

/**
 * What a program with the agent first has below the agent's own buffer beside what an idle board uses:
 * mostly its global variables, 8 bytes each. Bytes; the middle of 69 programs, -40 to +800 on them.
 */
const BELOW_AGENT_BYTES = 280
/** What the agent keeps beside its variables, in bytes (test/vm/agent.test.ts). */
const AGENT_BYTES = 560
/** A buffer's block beside its bytes. */
const BUFFER_OVERHEAD_BYTES = 12
/** Smaller probes fall into the small holes, and so tell of those. Bytes. */
const LARGE_BYTES = 100
/** Large probes looked back on: some collections long, and short enough to forget what was freed. */
const WINDOW = 16
/** Of the bytes between the first small hole and the first large one, so many are holes; measured. */
const HOLES = 0.11
/** Beyond the range that is known, live bytes are off by so much of what used ones are; measured. */
const LIVE_OFF = 1.4
/** A board without pins. */
const BARE: IdleHeap = { usedBytes: 124, liveBytes: 100 }

/** What else an estimator is given. */
export interface EstimateOptions {
    /** How the program that the board runs lives and dies, once that is known. */
    life?: LifeAtHand | undefined
    /** Hears of each probe that tells of what is live. */
    onProbe?: ((probe: Probe) => void) | undefined
}

/**
 * Works out how full a heap is from where new buffers come to be on it. The heap gives the first hole
 * that fits, low addresses first, so below a large probe's address all is in use but small holes. A
 * program that starts without a collection has none at all, and its figures are exact but for how many
 * variables it has. Later a collection leaves live blocks above that address, too: how much is in use
 * follows from the last peak, the quarter of the heap which a collection comes after, and what was
 * allocated since. How far an estimate may be off depends on which of this it rests on
 * (`estimate-error.ts`; test/vm/agent-estimate.test.ts measures both).
 */
export class HeapEstimator {
    private capacityBytes: number
    private cycleBytes: number
    private cycles: CollectionCycles
    private forecast: FieldForecast
    /** The same by the program at hand, where there is one. */
    private byProgram: ProgramForecast | undefined
    /** Address of the heap's first block, as far as it is known. */
    private start: number | undefined
    /** Address of the agent's own buffer. */
    private base: number | undefined
    private isExactStart = false
    private anchor: (Anchor & { seq: number }) | undefined
    private firstSeq: number | undefined
    private lastSeq = 0
    /** No collection since the program's start: all below a probe is in use. */
    private isClean = false
    /** It was so when the program had started. */
    private startedClean = false
    private smallFill: number | undefined
    private lastFill = 0
    private readonly peaks: number[] = []
    private readonly uses: number[] = []
    private allocatedBytes = 0
    /** Of the bytes below a large probe, so many were holes when what is in use was known to the byte. */
    private holesBytes = 0
    /** Where the probes of the program's first reports came to be, from the agent's own buffer on. */
    private readonly probes: number[] = []

    /**
     * @param heapBytes nominal size of the board's heap
     * @param idle what it takes of it without a program
     * @param known how the program starts, if it is the one that is known
     */
    constructor(
        private readonly heapBytes: number,
        private readonly idle: IdleHeap = BARE,
        private readonly known?: ProgramStart,
        private readonly options: EstimateOptions = {},
    ) {
        this.capacityBytes = capacityFor(heapBytes)
        this.cycleBytes = heapBytes / 4
        this.cycles = new CollectionCycles(this.cycleBytes)
        this.forecast = new FieldForecast(this.capacityBytes)
        const { life } = options
        this.byProgram = life && new ProgramForecast(life, this.capacityBytes)
    }

    /** Whether it is known where the heap begins. A board that has been running tells in one report of 16. */
    get isLocated(): boolean {
        return this.start !== undefined
    }

    /**
     * Whether nothing tells what is in use but where probes came to be: of a program that had been running,
     * or that collected while it started, what lives above a hole may be anything.
     */
    get isGuess(): boolean {
        if (this.firstSeq === undefined || this.anchor || this.isClean || this.startedClean)
            return false
        return this.firstSeq > 0 || this.lastSeq >= START_REPORTS
    }

    /** The same program on a board of another heap. */
    on(
        heapBytes: number,
        idle: IdleHeap,
        known?: ProgramStart,
        options?: EstimateOptions,
    ): HeapEstimator {
        const other = new HeapEstimator(heapBytes, idle, known, options)
        if (this.base !== undefined) other.locate(this.base)
        other.firstSeq = this.firstSeq
        other.lastSeq = this.lastSeq
        return other
    }

    /** It runs another program than the one at hand. */
    forgetLife(): void {
        this.byProgram = undefined
    }

    /** An exact reading has told where the heap begins and ends, and what is in use. */
    anchorAt(anchor: Anchor): void {
        this.start = anchor.start
        this.isExactStart = true
        this.anchor = { ...anchor, seq: this.lastSeq }
        this.isClean = false
        this.peaks.splice(0, Infinity, anchor.usedBytes)
        this.uses.length = 0
        if (anchor.capacityBytes !== this.capacityBytes) {
            this.capacityBytes = anchor.capacityBytes
            this.cycleBytes = anchor.capacityBytes / 4
        }
        this.cycles = this.cycles.anew(this.cycleBytes, anchor.fillBytes)
        this.holesBytes = Math.max(0, (anchor.fillBytes ?? 0) - anchor.usedBytes)
    }

    /**
     * How far up a heap of this board was filled when a buffer came to be there; it may be another run's.
     * @param base where the agent's own buffer was
     * @returns undefined for what cannot be
     */
    filledTo({ address, bytes, base }: { address: number; bytes: number; base: number }) {
        const start = base - this.idle.usedBytes - BELOW_AGENT_BYTES
        const filled = address - start + bytes + BUFFER_OVERHEAD_BYTES
        return filled > 0 && filled <= this.capacityBytes ? filled : undefined
    }

    /** @returns undefined for an address that tells nothing of the heap's use, or cannot be on it */
    add({ seq, uptimeMs, probe }: AgentReport, atMs: number): SampleEvent | undefined {
        const { address, bytes, isBase } = probe
        if (address % 4 !== 0) return undefined
        this.firstSeq ??= seq
        this.lastSeq = seq
        if (isBase) {
            if (!this.isExactStart && address !== this.base) this.locate(address)
            return undefined
        }
        if (this.start === undefined || Math.abs(address - this.start) > this.capacityBytes)
            return undefined
        this.start = Math.min(this.start, address)
        const fill = Math.min(
            this.capacityBytes,
            address - this.start + bytes + BUFFER_OVERHEAD_BYTES,
        )
        if (seq > 0 && seq <= START_REPORTS && this.base !== undefined)
            this.probes[seq - 1] = address - this.base
        this.followStart(seq, bytes, fill)
        // Collected while the program started: the next report tells more.
        let isTold = seq > START_REPORTS || (seq === START_REPORTS && fill >= this.lastFill)
        this.allocatedBytes += Math.max(0, fill - this.lastFill)
        this.lastFill = fill
        if (bytes < LARGE_BYTES) {
            if (bytes > 0) this.smallFill = fill
            if (!this.isClean) return undefined
        }
        if (seq === START_REPORTS && this.startsAsKnown()) isTold = true
        if (seq > START_REPORTS - 1) {
            this.cycles.add(seq, fill)
            if (bytes >= LARGE_BYTES) this.probed({ seq, atMs: uptimeMs, fillBytes: fill })
        }
        const found = this.estimate(seq, fill)
        return isTold ? this.sample(found, atMs, uptimeMs) : undefined
    }

    private probed(probe: Probe): void {
        this.forecast.add(probe)
        this.byProgram?.add(probe)
        this.options.onProbe?.(probe)
    }

    /** What was foretold, by the better of both ways. */
    private get death(): ForetoldDeath | undefined {
        const death = this.byProgram?.death
        return death ? { ...death, by: "program" } : this.forecast.death
    }

    /** @param base address of the agent's own buffer */
    private locate(base: number): void {
        this.base = base
        this.start = base - this.idle.usedBytes - BELOW_AGENT_BYTES
    }

    /** Before the first collection the smallest probe comes after the agent's buffer, and all rises. */
    private followStart(seq: number, bytes: number, fill: number): void {
        const below = this.idle.usedBytes + BELOW_AGENT_BYTES
        const isAbove = fill > below && fill < this.cycleBytes + BUFFER_OVERHEAD_BYTES * 20
        if (seq === 1) this.isClean = this.firstSeq === 0 && bytes === 0 && isAbove
        else if (!isAbove || fill < this.lastFill) this.isClean = false
        if (this.isClean && seq > START_REPORTS) this.startedClean = true
    }

    /**
     * Whether the program's first probes are where those of the known program are on such a board: then its
     * heap is that one's, and known to the byte.
     */
    private startsAsKnown(): boolean {
        const { known, base, probes, isClean } = this
        if (!known || base === undefined || known.probes.join() !== probes.join()) return false
        this.anchorAt({ ...known, start: base - known.baseOffset })
        this.isClean = isClean
        return true
    }

    private estimate(seq: number, fill: number) {
        const { cycleBytes, cycles, peaks, isClean, anchor } = this
        const gapBytes = isClean ? 0 : Math.max(0, fill - (this.smallFill ?? fill))
        const most = fill - HOLES * gapBytes
        if (anchor?.seq === seq) this.holesBytes = Math.max(0, most - anchor.usedBytes)
        const filled = most - this.holesBytes
        peaks.push(filled)
        if (peaks.length > WINDOW) peaks.shift()
        const top = Math.max(...peaks)
        let used = isClean ? filled : Math.max(filled, this.leastLiveBytes)
        if (cycles.count > 0) used = Math.max(used, top - cycleBytes + cycles.allocatedBytes(fill))
        else if (anchor)
            used = Math.max(used, anchor.usedBytes + cycles.leastBytes(seq - anchor.seq))
        if (anchor?.seq === seq) used = anchor.usedBytes
        const usedBytes = Math.min(this.capacityBytes, used)
        this.uses.push(usedBytes)
        if (this.uses.length > WINDOW) this.uses.shift()
        return { usedBytes, gapBytes, top, filled }
    }

    private sample(
        { usedBytes, gapBytes, top, filled }: ReturnType<HeapEstimator["estimate"]>,
        atMs: number,
        uptimeMs: number,
    ): SampleEvent {
        const { capacityBytes, cycles, heapBytes } = this
        const evidence: Evidence = {
            isClean: this.isClean,
            since: this.startedClean ? "clean start" : this.anchor ? "known heap" : "later",
            isLate: this.firstSeq !== 0 && !this.anchor,
            isNew: this.lastSeq < WINDOW && !this.anchor,
            collections: cycles.count,
            cycles:
                cycles.length === undefined ? "unknown" : cycles.areFollowed ? "followed" : "fast",
            smallHoles: gapBytes / heapBytes,
            belowTop: (top - filled) / heapBytes,
        }
        const errorBytes = Math.round(shareOff(evidence) * heapBytes)
        // What lives is no more than was in use at any time, and no less than a whole cycle leaves.
        const most = Math.min(...this.uses)
        const least = Math.min(most, Math.max(this.leastLiveBytes, top - this.cycleBytes))
        const used = Math.round(usedBytes)
        const live = Math.round(Math.min(used, (most + least) / 2))
        const { death } = this
        // The program's own time is not that of who listens.
        const listened = (ms: number) => Math.max(atMs, Math.round(ms - uptimeMs + atMs))
        return {
            kind: "sample",
            atMs,
            usedBytes: used,
            liveBytes: live,
            freeBytes: capacityBytes - used,
            largestFreeBytes: Math.max(
                0,
                Math.min(capacityBytes - Math.ceil(top), capacityBytes - used),
            ),
            collections: cycles.count,
            allocations: 0,
            allocatedBytes: this.allocatedBytes,
            estimate: {
                errorBytes,
                liveErrorBytes: Math.round((most - least) / 2 + LIVE_OFF * errorBytes),
                ...(death && { death: mapTimes(death, listened) }),
            },
        }
    }

    /** What lives of any program that has the agent; of one that was known to the byte, what lived then. */
    private get leastLiveBytes(): number {
        return Math.max(this.idle.liveBytes + AGENT_BYTES, this.anchor?.liveBytes ?? 0)
    }
}
