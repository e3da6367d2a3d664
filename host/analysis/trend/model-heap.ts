import { nominalBytes } from "../../model/heap/heap-memory"
import { blockBytes } from "../../model/heap/object-sizes"
import { lastAtMost } from "../../model/last-at-most"

/** A block of the model, by its number: it is another's once a collection has freed it. */
export type ModelBlock = number

/** What of a real heap the model begins with, in order of address. */
export interface HeapPart {
    address: number
    bytes: number
    live: boolean
    /** An allocation can take it before the next collection. */
    isFree: boolean
}

/** What is left of a hole makes a block of its own from this size on; less is given along. */
const MIN_REST_BYTES = 12
/** Nearly all blocks are smaller. */
const SMALL_WORDS = 256
const FREE = 0
const LIVE = 1
const GARBAGE = 2
const STATES = ["free", "live", "garbage"] as const
/** After the last block. */
const NONE = -1

/** A block as it is. */
export interface ModelPart {
    block: ModelBlock
    bytes: number
    state: (typeof STATES)[number]
}

/**
 * A heap that allocates as the VM's does, without its contents: first fit from low addresses, a
 * collection after a quarter of the heap was allocated or when nothing fits, garbage that takes its
 * place until then. It tells when a program that goes on as it did finds no room.
 *
 * To foretell one death it allocates a hundred thousand times: blocks are numbers, and what is known of
 * them stands in lists by that number.
 */
export class ModelHeap {
    collections = 0
    /** Bytes of the holes that were left behind what was allocated: the VM fills them each time. */
    filledBytes = 0
    /** The VM collects once more was allocated since the last time: a quarter of the heap (`gc_threshold`). */
    private readonly thresholdBytes: number
    private readonly bytes: number[] = []
    private readonly states: number[] = []
    /** By block: the one after it in order of address. */
    private readonly nexts: number[] = []
    /** Numbers of blocks that have become part of the one before them. */
    private readonly unused: number[] = []
    /** Free blocks in order of address, and `NONE` where one was used up since the last collection. */
    private holes: number[] = []
    /**
     * By size in words, of small blocks: which hole is the first that may have room. Until a collection,
     * holes only get smaller.
     */
    private readonly firstHoles = new Uint32Array(SMALL_WORDS)

    /** @param sinceCollection bytes allocated since the real heap was collected last */
    constructor(
        private readonly parts: readonly HeapPart[],
        capacityBytes: number,
        private sinceCollection = 0,
    ) {
        this.thresholdBytes = (nominalBytes(capacityBytes) >>> 4) << 2
        for (const [block, { bytes, live, isFree }] of parts.entries()) {
            this.bytes.push(bytes)
            this.states.push(isFree ? FREE : live ? LIVE : GARBAGE)
            this.nexts.push(block + 1 < parts.length ? block + 1 : NONE)
            if (isFree) this.holes.push(block)
        }
    }

    /** The live block at an address of the real heap, of those that the model began with. */
    at(address: number): ModelBlock | undefined {
        const block = lastAtMost(this.parts, address, part => part.address)
        const part = this.parts[block]
        return part?.address === address && part.live && !part.isFree ? block : undefined
    }

    /** @returns the block, undefined when there is no hole for it even after a collection */
    allocate(bytes: number): ModelBlock | undefined {
        if (this.sinceCollection > this.thresholdBytes) this.collect()
        const size = blockBytes(bytes)
        this.sinceCollection += size
        const block = this.take(size)
        if (block !== undefined) return block
        this.collect()
        return this.take(size)
    }

    /** Nothing holds the block any more: a collection will free it. */
    drop(block: ModelBlock | undefined): void {
        if (block !== undefined) this.states[block] = GARBAGE
    }

    /** All blocks in order of address. */
    *blocks(): Generator<{ bytes: number; live: boolean }> {
        for (let block = this.first; block !== NONE; block = this.nexts[block]!)
            yield { bytes: this.bytes[block]!, live: this.states[block] === LIVE }
    }

    /** All blocks in order of address, each with what it is. */
    *all(): Generator<ModelPart> {
        for (let block = this.first; block !== NONE; block = this.nexts[block]!)
            yield { block, bytes: this.bytes[block]!, state: STATES[this.states[block]!]! }
    }

    private get first(): ModelBlock {
        return this.states.length > 0 ? 0 : NONE
    }

    private take(size: number): ModelBlock | undefined {
        const { holes, bytes, firstHoles } = this
        const words = size >>> 2
        for (let i = words < SMALL_WORDS ? firstHoles[words]! : 0; i < holes.length; i++) {
            const hole = holes[i]!
            if (hole === NONE || bytes[hole]! < size) continue
            if (words < SMALL_WORDS) firstHoles[words] = i
            const rest = bytes[hole]! - size
            this.states[hole] = LIVE
            if (rest < MIN_REST_BYTES) holes[i] = NONE
            else {
                bytes[hole] = size
                holes[i] = this.add(rest, hole)
                this.filledBytes += rest
            }
            return hole
        }
        return undefined
    }

    /** A free block right after another. */
    private add(bytes: number, after: ModelBlock): ModelBlock {
        const block = this.unused.pop() ?? this.bytes.length
        this.bytes[block] = bytes
        this.states[block] = FREE
        this.nexts[block] = this.nexts[after]!
        this.nexts[after] = block
        return block
    }

    /** Frees what nothing holds any more, and makes one hole of neighbours. */
    collect(): void {
        const { states, nexts, bytes, unused } = this
        const holes: number[] = []
        this.sinceCollection = 0
        this.collections++
        for (let block = this.first; block !== NONE; block = nexts[block]!) {
            if (states[block] === LIVE) continue
            states[block] = FREE
            let next = nexts[block]!
            for (; next !== NONE && states[next] !== LIVE; next = nexts[next]!) {
                bytes[block]! += bytes[next]!
                unused.push(next)
            }
            nexts[block] = next
            holes.push(block)
        }
        this.holes = holes
        this.firstHoles.fill(0)
    }
}
