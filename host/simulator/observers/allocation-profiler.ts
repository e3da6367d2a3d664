import { ACTIVATION, CTX } from "../../model/heap/layout"
import { instructionOf } from "../frame-instruction"
import { BLOCK_TYPES, type HeapBlock } from "../../model/heap/block"
import { TAG_TYPE } from "../../model/heap/walk"
import type { LiveByLeaf } from "../../analysis/profile/fold-profile"
import { PathTree, ROOT } from "../../analysis/profile/path-tree"
import type { AllocationListener } from "../simulated-board"
import { moved, withWord, type HeapWords } from "./heap-words"

const TABLE = BLOCK_TYPES.indexOf("bytes")

/**
 * Charges every allocation of a run to the calls that were open, the VM's own chain of activations.
 * All it keeps is on the host; of the board it only reads.
 */
export class AllocationProfiler {
    readonly paths: PathTree
    private words: HeapWords = { first: 0, length: 0 }
    /** By those words: the leaf that allocated the block starting there last. */
    private leaves = new Uint32Array(0)
    /** As they were when most was live. */
    private peakLeaves = new Uint32Array(0)
    /** Address of a block that counts as live then, and of which nobody has heard yet. */
    private madeAtPeak = 0

    /** @param capacity see `PathTree` */
    constructor(capacity?: number) {
        this.paths = new PathTree(capacity)
    }

    /** To be given to a board as its listener. */
    readonly allocated: AllocationListener = (words, ctx, tag, bytes, address) => {
        const leaf = this.paths.leaf(this.path(words, ctx), tag & TAG_TYPE)
        this.paths.add(leaf, bytes)
        let word = this.indexOf(address)
        if (word < 0 || word >= this.leaves.length) {
            this.makeRoomFor(address >>> 2)
            word = this.indexOf(address)
        }
        this.leaves[word] = leaf
        if (address === this.madeAtPeak) {
            this.madeAtPeak = 0
            this.peakLeaves[word] = leaf
        }
    }

    /** To be given to a board as its `onPeak`: what is live now is what `liveAtPeak` is asked about. */
    readonly peak = (made: number): void => {
        const { length } = this.leaves
        if (this.peakLeaves.length !== length) this.peakLeaves = new Uint32Array(length)
        this.peakLeaves.set(this.leaves)
        this.madeAtPeak = made
    }

    /** What each leaf allocated of these blocks, which were live when most was. */
    liveAtPeak(blocks: readonly Pick<HeapBlock, "address" | "bytes">[]): LiveByLeaf {
        return this.sum(blocks, this.peakLeaves)
    }

    /** The leaf that allocated the block at an address last. */
    leafAt(address: number): number {
        return this.leaves[this.indexOf(address)] ?? ROOT
    }

    /** What each leaf allocated of these blocks, the heap's at the end, that is live. */
    live(blocks: readonly HeapBlock[]): LiveByLeaf {
        return this.sum(
            blocks.filter(block => block.live),
            this.leaves,
        )
    }

    private sum(
        blocks: readonly Pick<HeapBlock, "address" | "bytes">[],
        leaves: Uint32Array,
    ): LiveByLeaf {
        // Before the sums are made: it may be a leaf more.
        if (blocks.some(({ address }) => address === 0)) this.paths.leaf(ROOT, TABLE)
        const { size } = this.paths
        const live = { bytes: new Float64Array(size), blocks: new Float64Array(size) }
        for (const { address, bytes } of blocks) {
            // What is told of without an address is a table of the VM's own.
            const leaf =
                address === 0 ? this.paths.leaf(ROOT, TABLE) : leaves[this.indexOf(address)]!
            live.bytes[leaf]! += bytes
            live.blocks[leaf]!++
        }
        return live
    }

    /** The path of the calls that are open, found in one step however deep it is. */
    private path(words: Uint32Array, ctx: number): number {
        const frame = ctx === 0 ? 0 : words[(ctx + CTX.currFn) >>> 2]!
        if (frame === 0) return ROOT
        // A frame is itself a block, allocated by its caller at the call it still waits for. Only that
        // of a fiber's first call was allocated by somebody else, who started the fiber.
        const isFirst = words[(frame + ACTIVATION.caller) >>> 2] === 0
        const caller = isFirst ? ROOT : this.paths.parents[this.leaves[this.indexOf(frame)]!]!
        return this.paths.call(caller, instructionOf(words, frame))
    }

    private indexOf(address: number): number {
        return (address >>> 2) - this.words.first
    }

    private makeRoomFor(word: number): void {
        const words = withWord(this.words, word)
        this.leaves = moved(this.leaves, this.words, words)
        if (this.peakLeaves.length > 0) this.peakLeaves = moved(this.peakLeaves, this.words, words)
        this.words = words
    }
}
