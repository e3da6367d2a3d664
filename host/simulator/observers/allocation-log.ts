import { STILL_LIVE, type AllocationRecord } from "../../analysis/advice/heap-replay"
import type { HeapBlock } from "../../model/heap/block"
import { TAG_FREE, walkHeap } from "../../model/heap/walk"
import type { SimulatedBoard } from "../simulated-board"

/** So many allocations are noted, the first of a run: 24 B each on the host. */
const MAX_NOTED = 1 << 19
/** Of what a call makes that goes on and on, a block is in use for so many allocations, about. */
const SHORT = 8

/**
 * Notes the allocations of a run in their order, and how long each block was held: with that the run can be
 * done over without some of them. A block that no collection found in use was let go when the call that
 * made it was over; of one that was found, nobody knows when between that collection and the next.
 */
export class AllocationLog {
    private count = 0
    private isWhole = true
    private bytes = new Uint32Array(1 << 12)
    private leaves = new Uint32Array(1 << 12)
    /** The frame of the call that made it, as a number of an allocation from 1; 0 for none that was noted. */
    private frames = new Uint32Array(1 << 12)
    /** Of a frame: allocations there had been when its call last made one. */
    private lastUsed = new Uint32Array(1 << 12)
    /** The last collection that a block was there after, from 1; 0 for none. */
    private survived = new Uint32Array(1 << 12)
    /** Allocations there had been when the VM gave it back itself, 0 if it did not. */
    private givenBack = new Uint32Array(1 << 12)
    /** Allocations that there had been at each collection; there is none at 0. */
    private readonly collections = [0]
    /** By word of the board's memory: the allocation that made the block there, from 1. */
    private madeBy = new Uint32Array(1 << 15)

    /**
     * @param bytes that were asked for
     * @param leaf of the profile's tree, that the block is charged to
     * @param frame address of that of the call which makes it, 0 for none
     */
    allocated(leaf: number, bytes: number, address: number, frame: number): void {
        const { count } = this
        if (count === MAX_NOTED) {
            this.isWhole = false
            return
        }
        if (count === this.bytes.length) this.makeRoom()
        const made = this.madeBy[frame >>> 2] ?? 0
        this.bytes[count] = bytes
        this.leaves[count] = leaf
        this.frames[count] = made
        if (made > 0) this.lastUsed[made - 1] = count
        const word = address >>> 2
        if (word >= this.madeBy.length) this.madeBy = grown(this.madeBy, word + 1)
        this.madeBy[word] = ++this.count
    }

    /** The VM gave a block back itself. */
    freed(address: number): void {
        const made = this.madeBy[address >>> 2] ?? 0
        if (made === 0) return
        this.givenBack[made - 1] = this.count
        this.madeBy[address >>> 2] = 0
    }

    /** To be called right after each collection. */
    collected(board: SimulatedBoard): void {
        const { heap, starts } = board.tracker
        if (starts > 1) this.isWhole = false
        if (!heap || !this.isWhole) return
        const collection = this.collections.push(this.count) - 1
        const { madeBy, survived } = this
        walkHeap(heap, (address, _bytes, tag) => {
            const made = madeBy[address >>> 2]!
            if (tag !== TAG_FREE && made > 0) survived[made - 1] = collection
        })
    }

    /**
     * What was noted.
     * @param blocks of the heap when the run was over
     * @param starts of the program
     */
    record(blocks: readonly HeapBlock[], starts: number): AllocationRecord {
        const { count, bytes, leaves, isWhole } = this
        const gone = new Uint32Array(count)
        // Of the collections, the first after what is looked at.
        let next = 1
        for (let i = 0; i < count; i++) {
            while (next < this.collections.length && this.collections[next]! <= i) next++
            gone[i] = this.goneAt(i, this.collections[next] ?? count)
        }
        for (const { address, live } of blocks) {
            const made = this.madeBy[address >>> 2]!
            if (live && made > 0) gone[made - 1] = STILL_LIVE
        }
        const begins = this.frames.subarray(0, count).findIndex(frame => frame > 0)
        return { count, bytes, leaves, gone, begins, isWhole: isWhole && starts === 1 }
    }

    private goneAt(made: number, nextCollection: number): number {
        const { collections, survived, frames, lastUsed, count } = this
        if (this.givenBack[made]! > 0) return this.givenBack[made]!
        const last = survived[made]!
        if (last > 0) return Math.ceil((collections[last]! + (collections[last + 1] ?? count)) / 2)
        const frame = frames[made]!
        const goesOn = frame === 0 || survived[frame - 1]! > 0
        const used = Math.max(lastUsed[made]!, goesOn ? made + SHORT : lastUsed[frame - 1]!)
        return Math.min(Math.max(used, made) + 1, nextCollection)
    }

    private makeRoom(): void {
        const length = 2 * this.count
        this.bytes = grown(this.bytes, length)
        this.leaves = grown(this.leaves, length)
        this.frames = grown(this.frames, length)
        this.lastUsed = grown(this.lastUsed, length)
        this.survived = grown(this.survived, length)
        this.givenBack = grown(this.givenBack, length)
    }
}

function grown(numbers: Uint32Array, least: number): Uint32Array<ArrayBuffer> {
    let { length } = numbers
    while (length < least) length *= 2
    const larger = new Uint32Array(length)
    larger.set(numbers)
    return larger
}
