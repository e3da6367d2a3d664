import { capacityOf, type HeapMemory } from "../model/heap/heap-memory"
import { ACTIVATION, CTX, FIBER } from "../model/heap/layout"

/** Of a frame's block. */
export const ACTIVATION_TAG = 8
/** Of memory that the VM keeps for itself, as for a fiber: nothing else holds it, from first to last. */
const OWN_TAG = 0x42
/** More frames than any heap holds: a list this long runs in a circle. */
const MAX_FRAMES = 0x10000

/**
 * How much can be live at most, without marking: what the last mark found and all allocated since, less
 * what the VM has given back of its own. Call frames are counted while their call lasts: then they are
 * garbage, unless a closure was made in them.
 */
export class LiveBound {
    /** Live at the last mark, but for frames of calls. */
    private live = Infinity
    /** Allocated since then, but for frames, less what the VM gave back. */
    private allocated = 0
    /** By word of the heap: 1 where a frame starts that a closure was made in. */
    private readonly isKept: Uint8Array

    constructor(private readonly heap: HeapMemory) {
        this.isKept = new Uint8Array(capacityOf(heap) >>> 2)
    }

    /** Bytes live now at most, with `ctx` the context of the running program. */
    bytes(ctx: number): number {
        return this.live + this.allocated + this.frameBytes(ctx)
    }

    /** The heap was marked. @param live bytes that were found */
    marked(live: number, ctx: number): void {
        const frames = this.frameBytes(ctx)
        this.live = live - (frames < Infinity ? frames : 0)
        this.allocated = 0
    }

    /** A block was allocated; a frame is in its call by the next time (`devs_fiber_call_function`). */
    added(tag: number, bytes: number, address: number): void {
        this.isKept[this.indexOf(address)] = 0
        if (tag !== ACTIVATION_TAG) this.allocated += bytes
    }

    /**
     * The VM is about to give a block back.
     * @returns bytes that were live until now
     */
    freed(address: number): number {
        if (this.heap.words[address >>> 2]! >>> 24 !== OWN_TAG) return 0
        const bytes = this.sizeOf(address)
        this.allocated -= bytes
        return bytes
    }

    /** A closure was made in a call, and keeps its frame. */
    closureMade(frame: number): void {
        const index = this.indexOf(frame)
        if (this.isKept[index] !== 0) return
        this.isKept[index] = 1
        this.allocated += this.sizeOf(frame)
    }

    /** Bytes of the frames of all calls under way that nothing else can keep. */
    private frameBytes(ctx: number): number {
        if (ctx === 0) return 0
        const { words } = this.heap
        let bytes = 0
        let frames = 0
        for (
            let fiber = words[(ctx + CTX.fibers) >>> 2]!;
            fiber;
            fiber = words[(fiber + FIBER.next) >>> 2]!
        )
            for (
                let frame = words[(fiber + FIBER.activation) >>> 2]!;
                frame;
                frame = words[(frame + ACTIVATION.caller) >>> 2]!
            ) {
                if (++frames > MAX_FRAMES) return Infinity
                if (this.isKept[this.indexOf(frame)] === 0) bytes += this.sizeOf(frame)
            }
        return bytes
    }

    private indexOf(address: number): number {
        return (address - this.heap.start) >>> 2
    }

    private sizeOf(address: number): number {
        return (this.heap.words[address >>> 2]! & 0xffffff) * 4
    }
}
