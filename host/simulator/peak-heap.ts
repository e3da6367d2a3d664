import { CTX } from "../model/heap/layout"
import { capacityOf, type HeapMemory } from "../model/heap/heap-memory"
import { END_MARKER, walkHeap } from "../model/heap/walk"
import type { AllocationSites } from "./allocation-sites"
import type { KeptHeap } from "./kept-heaps"

/**
 * The heap as it was when more was live than ever before or after. A program that grows sets a new mark
 * with every block, so that a mark is two copies into memory that is there already and nothing is looked
 * at before the run is over.
 */
export class PeakHeap {
    /** Address of a block that counts as live and is held by nothing yet; 0 for none. */
    made = 0
    private words = new Uint32Array(0)
    private places = new Uint16Array(0)
    private context = new Uint32Array(0)
    private start = 0
    private end = 0
    private ctx = 0

    /** Takes the heap as it is now in place of what it had. */
    take(heap: HeapMemory, ctx: number, sites: AllocationSites, made: number): void {
        const { words, start, end } = heap
        const count = capacityOf(heap) >>> 2
        if (this.places.length !== count) {
            this.places = new Uint16Array(count)
            this.words = new Uint32Array(count + 1)
            this.words[count] = END_MARKER
        }
        this.words.set(words.subarray(start >>> 2, end >>> 2))
        sites.copyTo(this.places)
        this.context = words.slice(ctx >>> 2, (ctx + CTX.size) >>> 2)
        Object.assign(this, { start, end, ctx, made })
    }

    /** What it has, for `KeptHeaps.graphOf`; undefined when nothing was ever live. */
    kept(): KeptHeap | undefined {
        const { words, start, end, ctx, context } = this
        if (end === 0) return undefined
        const addresses: number[] = []
        walkHeap({ words, origin: start, start, end }, address => void addresses.push(address))
        return {
            ...{ start, end, ctx, context },
            words: words.subarray(0, words.length - 1),
            addresses: new Uint32Array(addresses),
            allocations: new Uint32Array(addresses.length),
            pcs: Uint16Array.from(addresses, address => this.pcOf(address)),
        }
    }

    /** The place that allocated the block at an address, as `AllocationSites` charges it. */
    pcOf(address: number): number {
        return this.places[(address - this.start) >>> 2]!
    }

    /** Bytes of the block at an address, header included. */
    sizeOf(address: number): number {
        return (this.words[(address - this.start) >>> 2]! & 0xffffff) * 4
    }
}
