import { nominalBytes } from "../../model/heap/heap-memory"
import { blockBytes } from "../../model/heap/object-sizes"

/** A block of the model: laid out by address, one after another. */
export interface ModelBlock {
    bytes: number
    state: "free" | "live" | "garbage"
    next: ModelBlock | undefined
}

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

/**
 * A heap that allocates as the VM's does, without its contents: first fit from low addresses, a
 * collection after a quarter of the heap was allocated or when nothing fits, garbage that takes its
 * place until then. It tells when a program that goes on as it did finds no room.
 */
export class ModelHeap {
    collections = 0
    /** Bytes of the holes that were left behind what was allocated: the VM fills them each time. */
    filledBytes = 0
    /** The VM collects once more was allocated since the last time: a quarter of the heap (`gc_threshold`). */
    private readonly thresholdBytes: number
    private readonly first: ModelBlock | undefined
    /** Free blocks in order of address; those used up since are passed over. */
    private holes: ModelBlock[] = []
    /** The live blocks that the model began with, by address. */
    private readonly found = new Map<number, ModelBlock>()

    /** @param sinceCollection bytes allocated since the real heap was collected last */
    constructor(
        parts: readonly HeapPart[],
        capacityBytes: number,
        private sinceCollection = 0,
    ) {
        this.thresholdBytes = (nominalBytes(capacityBytes) >>> 4) << 2
        let last: ModelBlock | undefined
        for (const { address, bytes, live, isFree } of parts) {
            const state = isFree ? "free" : live ? "live" : "garbage"
            const block: ModelBlock = { bytes, state, next: undefined }
            if (state === "live") this.found.set(address, block)
            if (isFree) this.holes.push(block)
            if (last) last.next = block
            else this.first = block
            last = block
        }
    }

    /** The live block at an address of the real heap. */
    at(address: number): ModelBlock | undefined {
        return this.found.get(address)
    }

    /** @returns the block, undefined when there is no hole for it even after a collection */
    allocate(bytes: number): ModelBlock | undefined {
        if (this.sinceCollection > this.thresholdBytes) this.collect()
        const size = blockBytes(bytes)
        this.sinceCollection += size
        const block = this.take(size)
        if (block) return block
        this.collect()
        return this.take(size)
    }

    /** Nothing holds the block any more: a collection will free it. */
    drop(block: ModelBlock | undefined): void {
        if (block) block.state = "garbage"
    }

    /** All blocks in order of address. */
    *blocks(): Generator<{ bytes: number; live: boolean }> {
        for (let block = this.first; block; block = block.next)
            yield { bytes: block.bytes, live: block.state === "live" }
    }

    private take(bytes: number): ModelBlock | undefined {
        const { holes } = this
        for (let i = 0; i < holes.length; i++) {
            const hole = holes[i]!
            if (hole.bytes < bytes) continue
            if (hole.bytes - bytes < MIN_REST_BYTES) {
                holes.splice(i, 1)
                hole.state = "live"
                return hole
            }
            const rest: ModelBlock = { bytes: hole.bytes - bytes, state: "free", next: hole.next }
            hole.bytes = bytes
            hole.state = "live"
            hole.next = rest
            holes[i] = rest
            this.filledBytes += rest.bytes
            return hole
        }
        return undefined
    }

    private collect(): void {
        this.holes = []
        this.sinceCollection = 0
        this.collections++
        for (let block = this.first; block; block = block.next) {
            if (block.state === "live") continue
            block.state = "free"
            while (block.next && block.next.state !== "live") {
                block.bytes += block.next.bytes
                block.next = block.next.next
            }
            this.holes.push(block)
        }
    }
}
