import { GC } from "../model/heap/layout"
import type { HeapMemory } from "../model/heap/heap-memory"
import { capacityFor } from "../model/heap/heap-memory"
import { HeapMarker } from "../model/heap/marker"
import { measureHeap } from "../model/heap/measure"
import { heapStats, type HeapStats } from "../model/heap/stats"
import { END_MARKER, TAG_FREE, withoutMarks } from "../model/heap/walk"
import type { GcFigures, HeapFigures } from "../model/figures"
import { ACTIVATION_TAG, LiveBound } from "./live-bound"

/** What a tracker has counted. */
export interface TrackerState extends GcFigures {
    /** Address of the heap's own record, 0 when there is none. */
    gc: number
    starts: number
    started: boolean
    usedBytes: number
    highWaterUsedBytes: number
    highWaterLiveBytes: number
    largestRequest: number
    failedRequestBytes: number | undefined
}

/**
 * Follows one simulated board's heap through the VM's hooks: exact counts and high-water marks at any
 * moment, from every allocation and not from samples. Reads the board's memory and never writes it,
 * except once, to give a new heap the size of the board's.
 */
export class HeapTracker {
    /** Bytes in blocks that are not free, now. */
    usedBytes = 0
    highWaterUsedBytes = 0
    highWaterLiveBytes = 0
    collections = 0
    allocations = 0
    allocatedBytes = 0
    /** The last request that found no block, in bytes, header included. */
    failedRequestBytes: number | undefined
    /** How often a heap was made: the program was started so many times. */
    starts = 0
    /** The largest request since somebody last asked, in bytes, header included. */
    private largestRequest = 0
    /** Whether any call frame was ever made: before that, no line of the program has run. */
    started = false
    /** The heap, while there is one. */
    heap: HeapMemory | undefined
    /** Called after a collection with what it left. */
    onCollected: ((liveBytes: number) => void) | undefined
    /**
     * Called when more is live than ever before, which changes nothing.
     * @param made address of a block that counts as live and is held by nothing yet; 0 for none
     */
    onHighWater: ((made: number) => void) | undefined

    private gc = 0
    private marker: HeapMarker | undefined
    private running = false
    /** How often anything has happened that can change what is on the heap, or what is live. */
    private changed = 0
    private turnsSeen = NaN
    /** What was found on the heap as it is, and which change was the last by then. */
    private live = { bytes: 0, changed: NaN }
    private stats: { found: HeapStats | undefined; changed: number } = {
        found: undefined,
        changed: NaN,
    }
    /** Addresses of the blocks that were pinned then. */
    private readonly pinned: number[] = []
    /** No more than this can be live now, as far as can be told at once. */
    private liveBound = 0
    private bound: LiveBound | undefined
    /** The block that was made last, which nothing need hold yet; at 0 there is none. */
    private newest = 0
    private newestTag = 0

    /**
     * @param heapBytes nominal size of the board's heap, `MIN_HEAP_BYTES` to `MAX_HEAP_BYTES`
     * @param turns tells how many turns the program has had; NaN when nobody counts them
     */
    constructor(
        private readonly words: Uint32Array,
        private readonly heapBytes: number,
        private readonly turns: () => number = () => NaN,
    ) {}

    /**
     * Another number whenever anything on the heap may be other than it was: without a turn of the program or
     * a block that comes or goes, nothing is. NaN while the VM runs.
     */
    get changes(): number {
        return this.running ? NaN : this.changed
    }

    created(gc: number): void {
        this.starts++
        const start = gc + GC.firstBlock
        const capacity = capacityFor(this.heapBytes)
        const end = start + capacity
        this.words[start >>> 2] = (TAG_FREE << 24) | (capacity >>> 2)
        this.words[end >>> 2] = END_MARKER
        this.words[(gc + GC.chunkEnd) >>> 2] = end
        this.words[(gc + GC.threshold) >>> 2] = this.heapBytes >>> 4
        this.follow(gc)
        this.usedBytes = 0
        this.liveBound = 0
    }

    /** What it has counted, as data. */
    save(): TrackerState {
        const { gc, starts, started, largestRequest, failedRequestBytes } = this
        const { usedBytes, highWaterUsedBytes, highWaterLiveBytes } = this
        return {
            ...{ gc, starts, started, largestRequest, failedRequestBytes },
            ...{ usedBytes, highWaterUsedBytes, highWaterLiveBytes },
            ...this.gcFigures(),
        }
    }

    /** Counts on from there. The memory has to be that of the same moment already. */
    restore(state: TrackerState): void {
        Object.assign(this, state)
        this.changed++
        // Not known without a mark: the next allocation makes one.
        this.liveBound = Infinity
        if (state.gc !== 0) this.follow(state.gc)
        else this.destroyed()
    }

    private follow(gc: number): void {
        const start = gc + GC.firstBlock
        const end = start + capacityFor(this.heapBytes)
        this.gc = gc
        this.newest = 0
        this.changed++
        this.heap = { words: this.words, origin: 0, start, end }
        this.marker = new HeapMarker(this.heap)
        this.bound = new LiveBound(this.heap)
    }

    destroyed(): void {
        this.heap = undefined
        this.changed++
        this.bound = undefined
        this.marker = undefined
        this.gc = 0
        this.usedBytes = 0
    }

    /** The VM has failed, perhaps in the middle of a collection: nothing runs on this heap again. */
    abandoned(): void {
        if (!this.heap) return
        this.heap = withoutMarks(this.heap)
        this.marker = new HeapMarker(this.heap)
        this.changed++
    }

    allocated(tag: number, size: number, address: number): void {
        if (size > this.largestRequest) this.largestRequest = size
        if (address === 0) {
            this.failedRequestBytes = size
            return
        }
        const bytes = this.sizeOf(address)
        this.changed++
        this.allocations++
        this.allocatedBytes += bytes
        this.usedBytes += bytes
        if (this.usedBytes > this.highWaterUsedBytes) this.highWaterUsedBytes = this.usedBytes
        if (tag === ACTIVATION_TAG) this.started = true
        this.bound!.added(tag, bytes, address)
        this.newest = address
        this.newestTag = tag
        // Live bytes only rise by allocating, so marking can wait until they might set a new mark.
        this.liveBound += bytes
        if (this.liveBound > this.highWaterLiveBytes) this.checkHighWater(tag, bytes, address)
    }

    private checkHighWater(tag: number, bytes: number, address: number): void {
        // A frame is in its call only after this.
        const newFrame = tag === ACTIVATION_TAG ? bytes : 0
        this.liveBound = this.bound!.bytes(this.context()) + newFrame
        if (this.liveBound <= this.highWaterLiveBytes) return
        const live = this.liveBytes()
        if (this.marker!.isLive(address)) return
        this.bound!.added(tag, bytes, address)
        this.noteLive(live + bytes, address)
    }

    /** Whoever looks from inside an allocation does not find its block, which is live once that is over. */
    private boundNewest(): void {
        const { newest } = this
        if (newest === 0 || this.marker!.isLive(newest)) return
        const bytes = this.sizeOf(newest)
        this.bound!.added(this.newestTag, bytes, newest)
        this.liveBound += bytes
    }

    closureMade(frame: number): void {
        this.bound?.closureMade(frame)
    }

    freeing(data: number): void {
        if (data === 0) return
        this.changed++
        this.usedBytes -= this.sizeOf(data - 4)
        if (this.bound) this.liveBound -= this.bound.freed(data - 4)
    }

    collected(): void {
        this.changed++
        this.collections++
        this.usedBytes = heapStats(this.heap!).usedBytes
        this.bound!.marked(this.usedBytes, this.context())
        this.noteLive(this.usedBytes)
        this.onCollected?.(this.usedBytes)
    }

    /** Marks from the roots. @returns live bytes: what a collection would leave now */
    liveBytes(): number {
        if (!this.marker) return 0
        if (this.live.changed === this.changes) return this.live.bytes
        const ctx = this.context()
        const isWalked = this.stats.changed === this.changes
        const live = this.marker.mark(ctx, isWalked ? this.pinned : undefined)
        this.bound?.marked(live, ctx)
        this.noteLive(live)
        if (this.running) this.boundNewest()
        this.live = { bytes: live, changed: this.changes }
        return live
    }

    /** What a walk finds between two steps; undefined without a heap. @throws HeapError when it is corrupted */
    heapStats(): HeapStats | undefined {
        if (this.stats.changed !== this.changes) {
            this.pinned.length = 0
            this.stats.found = this.heap && heapStats(this.heap, this.pinned)
            this.stats.changed = this.changes
        }
        return this.stats.found
    }

    /** Bytes of the largest request since this was last called. */
    takeLargestRequest(): number {
        const bytes = this.largestRequest
        this.largestRequest = 0
        return bytes
    }

    /** To be told before and after the VM runs: in between, nothing on the heap changes. */
    set isRunning(running: boolean) {
        this.running = running
        if (running) return
        const turns = this.turns()
        if (turns === this.turnsSeen) return
        this.turnsSeen = turns
        this.changed++
    }

    /** Whether the last mark reached the block at this address. */
    isLive(address: number): boolean {
        return this.marker?.isLive(address) ?? false
    }

    /** Size of the block at this address, header included. */
    sizeOf(address: number): number {
        return (this.words[address >>> 2]! & 0xffffff) * 4
    }

    /** Address of the running program's context, 0 when there is none. */
    context(): number {
        return this.gc === 0 ? 0 : this.words[(this.gc + GC.ctx) >>> 2]!
    }

    /** @throws HeapError when the heap is corrupted */
    figures(): HeapFigures {
        if (!this.heap) throw new Error("there is no heap: no program is loaded")
        return measureHeap(this.heap, this.liveBytes(), this)
    }

    gcFigures(): GcFigures {
        return {
            collections: this.collections,
            allocations: this.allocations,
            allocatedBytes: this.allocatedBytes,
        }
    }

    private noteLive(live: number, made = 0): void {
        this.liveBound = live
        if (live <= this.highWaterLiveBytes) return
        this.highWaterLiveBytes = live
        this.onHighWater?.(made)
    }
}
