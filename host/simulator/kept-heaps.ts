import { capacityOf, type HeapMemory } from "../model/heap/heap-memory"
import { CTX } from "../model/heap/layout"
import { END_MARKER, TAG_FREE, walkHeap } from "../model/heap/walk"
import type { GraphOutline, HeapGraph, ProgramNames } from "../model/graph/graph"
import { buildGraph, buildOutline } from "../model/graph/build-graph"
import type { AllocationSites } from "./allocation-sites"

/** So much of a board's memory at one moment as an outline of its graph is built from. */
export interface KeptHeap extends Pick<HeapMemory, "start" | "end"> {
    /** From `start` on, without what a free block at the end has in it. */
    words: Uint32Array
    /** Address of the running program's context, 0 when there is none, and what it had in it. */
    ctx: number
    context: Uint32Array
    /** Of each block, in order of address: when and where it was allocated. */
    allocations: Uint32Array
    pcs: Uint16Array
}

/**
 * Keeps heaps as they were, for outlines of their graphs that are built only if somebody asks for them: a
 * copy takes a fraction of what building takes, and most looks at a run are never asked for theirs.
 */
export class KeptHeaps {
    /** The board's memory as it was, as far as a graph needs it. */
    private memory = new Uint32Array(0)
    private room = { allocations: new Uint32Array(0), pcs: new Uint16Array(0) }

    /** @param bytecode the program's image, which lies in flash and stays as it is */
    constructor(
        private readonly sites: AllocationSites,
        private readonly bytecode: Uint8Array,
    ) {}

    /**
     * @param visit gets every block, in order of address, as it is met
     * @throws HeapError when the blocks are not as the VM leaves them
     */
    keep(heap: HeapMemory, ctx: number, visit: (address: number, bytes: number) => void): KeptHeap {
        const { words, start, end } = heap
        const { allocations, pcs } = this.roomFor(heap)
        let count = 0
        let last = start
        walkHeap(heap, (address, bytes) => {
            allocations[count] = this.sites.numberOf(address)
            pcs[count++] = this.sites.pcOf(address)
            last = address
            visit(address, bytes)
        })
        const isFree = words[last >>> 2]! >>> 24 === TAG_FREE
        return {
            ...{ start, end, ctx },
            words: words.slice(start >>> 2, isFree ? (last >>> 2) + 1 : end >>> 2),
            context: words.slice(ctx >>> 2, (ctx + CTX.size) >>> 2),
            allocations: allocations.slice(0, count),
            pcs: pcs.slice(0, count),
        }
    }

    /** Room for what is kept of each block of a heap: one is two words at least. */
    private roomFor(heap: HeapMemory): Pick<KeptHeap, "allocations" | "pcs"> {
        const blocks = capacityOf(heap) >>> 3
        if (this.room.pcs.length < blocks)
            this.room = { allocations: new Uint32Array(blocks), pcs: new Uint16Array(blocks) }
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
        const heap = { words: this.restore(kept), origin: 0, start: kept.start, end: kept.end }
        const indices = new Uint32Array((kept.end - kept.start) >>> 2)
        let count = 0
        walkHeap(heap, address => void (indices[(address - kept.start) >>> 2] = count++))
        return {
            heap,
            ctx: kept.ctx,
            bytecode: this.bytecode,
            names,
            allocationOf: (address: number) => {
                const index = indices[(address - kept.start) >>> 2]!
                return { allocation: kept.allocations[index]!, pc: kept.pcs[index]! }
            },
        }
    }

    private restore({ words, ctx, context, start, end }: KeptHeap): Uint32Array {
        const image = context[CTX.image >>> 2]!
        const size = 1 + (Math.max(end, ctx + CTX.size, image + this.bytecode.length) >>> 2)
        if (this.memory.length < size) this.memory = new Uint32Array(size)
        const { memory } = this
        memory.set(words, start >>> 2)
        memory[end >>> 2] = END_MARKER
        memory.set(context, ctx >>> 2)
        if (ctx !== 0) new Uint8Array(memory.buffer).set(this.bytecode, image)
        return memory
    }
}
