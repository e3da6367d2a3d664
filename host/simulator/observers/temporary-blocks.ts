import { HeapMarker } from "../../model/heap/marker"
import type { HeapMemory } from "../../model/heap/heap-memory"
import type { HeapBlock } from "../../model/heap/block"
import type { LiveByLeaf } from "../../analysis/profile/fold-profile"
import type { AllocationListener, SimulatedBoard } from "../simulated-board"
import type { AllocationProfiler } from "./allocation-profiler"

/**
 * Finds the blocks that are made and dropped within so many allocations. When the VM lets go of a block is
 * known only to who looks at every allocation what a collection would leave: it marks the heap each time,
 * with a marker of its own, and changes nothing.
 */
export class TemporaryBlocks {
    private board: SimulatedBoard | undefined
    private heap: HeapMemory | undefined
    private marker: HeapMarker | undefined
    /** Allocations there have been. */
    private count = 0
    /** Of the last `within` allocations, by their number modulo that. */
    private readonly addresses: Uint32Array
    private readonly bytes: Uint32Array
    private readonly leaves: Uint32Array
    /** By word of the board's memory: the allocation that made the block there last, from 1. */
    private madeBy = new Float64Array(1 << 15)
    private readonly sums = new Map<number, { bytes: number; blocks: number }>()

    /**
     * @param within allocations, 1 and more
     * @param profiler hears of every allocation before this does
     */
    constructor(
        private readonly profiler: AllocationProfiler,
        private readonly within: number,
    ) {
        this.addresses = new Uint32Array(within)
        this.bytes = new Uint32Array(within)
        this.leaves = new Uint32Array(within)
    }

    readonly onBoard = (board: SimulatedBoard): void => void (this.board = board)

    /** To be given to a board as its listener. */
    readonly allocated: AllocationListener = (_words, ctx, _tag, bytes, address) => {
        const slot = this.count % this.within
        if (this.count >= this.within) {
            const isLive = this.mark(ctx)
            if (!isLive(slot)) this.note(slot)
        }
        this.addresses[slot] = address
        this.bytes[slot] = bytes
        this.leaves[slot] = this.profiler.leafAt(address)
        const word = address >>> 2
        if (word >= this.madeBy.length) {
            const longer = new Float64Array(2 * word)
            longer.set(this.madeBy)
            this.madeBy = longer
        }
        this.madeBy[word] = ++this.count
    }

    /**
     * What each leaf made that was dropped in time.
     * @param blocks of the heap when it is over: what was made last and is not live then was, too
     */
    byLeaf(blocks: readonly HeapBlock[]): LiveByLeaf {
        const live = new Set(blocks.filter(block => block.live).map(({ address }) => address))
        const first = Math.max(0, this.count - this.within)
        for (let made = first; made < this.count; made++) {
            const slot = made % this.within
            const isThere = this.isSame(slot, made) && live.has(this.addresses[slot]!)
            if (!isThere) this.note(slot)
        }
        const { size } = this.profiler.paths
        const found = { bytes: new Float64Array(size), blocks: new Float64Array(size) }
        for (const [leaf, sum] of this.sums) {
            found.bytes[leaf] = sum.bytes
            found.blocks[leaf] = sum.blocks
        }
        return found
    }

    /** Marks what is reachable now. @returns whether that of a slot, made `within` ago, is among it */
    private mark(ctx: number): (slot: number) => boolean {
        const heap = this.board?.tracker.heap
        if (heap !== this.heap) this.marker = heap && new HeapMarker(heap)
        this.heap = heap
        const { marker } = this
        if (!marker) return () => false
        marker.mark(ctx)
        return slot =>
            this.isSame(slot, this.count - this.within) && marker.isLive(this.addresses[slot]!)
    }

    /** Whether nothing was made in its place since. */
    private isSame(slot: number, made: number): boolean {
        return this.madeBy[this.addresses[slot]! >>> 2] === made + 1
    }

    private note(slot: number): void {
        const leaf = this.leaves[slot]!
        const sum = this.sums.get(leaf)
        if (sum) {
            sum.bytes += this.bytes[slot]!
            sum.blocks++
        } else this.sums.set(leaf, { bytes: this.bytes[slot]!, blocks: 1 })
    }
}
