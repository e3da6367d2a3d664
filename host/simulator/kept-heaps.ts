import { capacityOf, type HeapMemory } from "../model/heap/heap-memory"
import { CTX } from "../model/heap/layout"
import { blockWords, END_MARKER, endOf, TAG_FREE } from "../model/heap/walk"
import type { AllocationFacts, GraphOutline, HeapGraph, ProgramNames } from "../model/graph/graph"
import { buildGraph, buildOutline } from "../model/graph/build-graph"
import type { AllocationSites } from "./allocation-sites"

/**
 * So much of a board's memory at one moment as a graph is built from: of an outline, the live blocks. What
 * lies between those that are kept counts as free.
 */
export interface KeptHeap extends Pick<HeapMemory, "start" | "end"> {
    /** Of the blocks that are kept, in order of address, one after the other. */
    words: Uint32Array
    /** Of each of them: its address, and when and where it was allocated. */
    addresses: Uint32Array
    allocations: Uint32Array
    pcs: Uint16Array
    /** Address of the running program's context, 0 when there is none, and what it had in it. */
    ctx: number
    context: Uint32Array
}

/** When and where the blocks of a kept heap were allocated. */
class KeptAllocations implements AllocationFacts {
    /** @param indices by word of the heap, for which block starts there: whatever is in it goes */
    constructor(
        private readonly kept: KeptHeap,
        private readonly indices: Uint32Array,
    ) {
        const { addresses, start } = kept
        indices.fill(0)
        for (let i = 0; i < addresses.length; i++) indices[(addresses[i]! - start) >>> 2] = i
    }

    numberOf(address: number): number {
        return this.kept.allocations[this.indexOf(address)]!
    }

    pcOf(address: number): number {
        return this.kept.pcs[this.indexOf(address)]!
    }

    private indexOf(address: number): number {
        return this.indices[(address - this.kept.start) >>> 2]!
    }
}

/** Of a program's context. */
const CONTEXT_WORDS = CTX.size >>> 2

/** Header of the smallest free block. */
const FREE_WORD = (TAG_FREE << 24) | 2

/**
 * Keeps heaps as they were, for outlines of their graphs that are built only if somebody asks for them: a
 * copy takes a fraction of what building takes, and most looks at a run are never asked for theirs.
 */
export class KeptHeaps {
    /** The board's memory as it was, as far as a graph needs it. */
    private memory = new Uint32Array(0)
    private room = {
        words: new Uint32Array(0),
        addresses: new Uint32Array(0),
        allocations: new Uint32Array(0),
        pcs: new Uint16Array(0),
    }
    /**
     * For building one graph after the other: to get memory anew for each of a hundred takes as long as to
     * build them.
     */
    private built = { owners: new Int32Array(0), indices: new Uint32Array(0) }

    /** @param bytecode the program's image, which lies in flash and stays as it is */
    constructor(
        private readonly sites: AllocationSites,
        private readonly bytecode: Uint8Array,
    ) {}

    /**
     * @param isLive tells whether the block at an address is
     * @returns also the largest hole that a collection would leave, in bytes
     * @throws HeapError when the blocks are not as the VM leaves them
     */
    keep(
        heap: HeapMemory,
        ctx: number,
        isLive: (address: number) => boolean,
    ): { kept: KeptHeap; largestHoleBytes: number } {
        const { words: memory, start, end } = heap
        const { words, addresses, allocations, pcs } = this.roomFor(heap)
        const { sites } = this
        const last = endOf(heap)
        let [count, length, hole, largestHole] = [0, 0, 0, 0]
        for (let at = start >>> 2; at < last;) {
            const size = blockWords(heap, at, last)
            const address = at * 4
            if (isLive(address)) {
                addresses[count] = address
                allocations[count] = sites.numberOf(address)
                pcs[count++] = sites.pcOf(address)
                for (let i = at; i < at + size; i++) words[length++] = memory[i]!
                hole = 0
            } else {
                hole += size
                if (hole > largestHole) largestHole = hole
            }
            at += size
        }
        const { buffer } = new Uint32Array(length + 2 * count + CONTEXT_WORDS + ((count + 1) >>> 1))
        const kept: KeptHeap = {
            start,
            end,
            words: new Uint32Array(buffer, 0, length),
            addresses: new Uint32Array(buffer, 4 * length, count),
            allocations: new Uint32Array(buffer, 4 * (length + count), count),
            pcs: new Uint16Array(buffer, 4 * (length + 2 * count + CONTEXT_WORDS), count),
            ctx,
            context: new Uint32Array(buffer, 4 * (length + 2 * count), CONTEXT_WORDS),
        }
        copy(words, 0, kept.words)
        copy(addresses, 0, kept.addresses)
        copy(allocations, 0, kept.allocations)
        copy(pcs, 0, kept.pcs)
        copy(memory, ctx >>> 2, kept.context)
        return { kept, largestHoleBytes: largestHole * 4 }
    }

    /** Room for what is kept of a heap: a block is two words at least. */
    private roomFor(heap: HeapMemory): KeptHeaps["room"] {
        const words = capacityOf(heap) >>> 2
        const blocks = words >>> 1
        if (this.room.words.length < words)
            this.room = {
                words: new Uint32Array(words),
                addresses: new Uint32Array(blocks),
                allocations: new Uint32Array(blocks),
                pcs: new Uint16Array(blocks),
            }
        return this.room
    }

    /**
     * @param names the compiler's, for globals and variables
     * @throws HeapError when the heap was not what the VM leaves
     */
    outlineOf(kept: KeptHeap, names?: ProgramNames): GraphOutline {
        return buildOutline(this.sourceOf(kept, names))
    }

    /** The same with all that there is to know of each object. */
    graphOf(kept: KeptHeap, names?: ProgramNames): HeapGraph {
        return buildGraph(this.sourceOf(kept, names))
    }

    private sourceOf(kept: KeptHeap, names: ProgramNames | undefined) {
        const { start, end, ctx } = kept
        const heap = { words: this.restore(kept), origin: 0, start, end }
        const count = capacityOf(heap) >>> 2
        if (this.built.owners.length !== count)
            this.built = { owners: new Int32Array(count), indices: new Uint32Array(count) }
        const { bytecode, built } = this
        const allocations = new KeptAllocations(kept, built.indices)
        return { heap, ctx, bytecode, names, allocations, room: built.owners }
    }

    private restore(kept: KeptHeap): Uint32Array {
        const { words, addresses, ctx, context, start, end } = kept
        const image = context[CTX.image >>> 2]!
        const size = 1 + (Math.max(end, ctx + CTX.size, image + this.bytecode.length) >>> 2)
        if (this.memory.length < size) this.memory = new Uint32Array(size)
        const { memory } = this
        // What leads to a free block leads to nothing, wherever that was.
        memory.fill(FREE_WORD, start >>> 2, end >>> 2)
        let from = 0
        let free = start >>> 2
        for (const address of addresses) {
            const at = address >>> 2
            const count = words[from]! & 0xffffff
            if (at > free) memory[free] = (TAG_FREE << 24) | (at - free)
            for (let i = 0; i < count; i++) memory[at + i] = words[from + i]!
            from += count
            free = at + count
        }
        const last = end >>> 2
        if (last > free) memory[free] = (TAG_FREE << 24) | (last - free)
        memory[last] = END_MARKER
        memory.set(context, ctx >>> 2)
        if (ctx !== 0) new Uint8Array(memory.buffer).set(this.bytecode, image)
        return memory
    }
}

/** Fills an array from another. By hand: what is kept is short, and a copy by `set` needs an object of its own. */
function copy(from: Uint32Array | Uint16Array, at: number, to: Uint32Array | Uint16Array): void {
    for (let i = 0; i < to.length; i++) to[i] = from[at + i]!
}
