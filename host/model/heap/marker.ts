import { ACTIVATION, ARRAY, BOUND_FUNCTION, BUFFER, FUNCTION, GIMAGE, MAP, PACKET } from "./layout"
import { capacityOf, hex, HeapError, type HeapMemory } from "./heap-memory"
import { visitRoots } from "./roots"
import { blockWords, endOf, TAG_FREE, TAG_PINNED, TAG_TYPE } from "./walk"

const BYTES = 2
const ARRAY_TYPE = 3
const MAP_TYPE = 4
const BUFFER_TYPE = 5
const BOUND_FUNCTION_TYPE = 7
const ACTIVATION_TYPE = 8
const HALF_STATIC_MAP_TYPE = 9
const SHORT_MAP_TYPE = 10
const PACKET_TYPE = 11
const IMAGE_TYPE = 13
/** By type, a bit for those that can hold a reference. */
const HOLDS = [
    ...[ARRAY_TYPE, MAP_TYPE, BUFFER_TYPE, BOUND_FUNCTION_TYPE, ACTIVATION_TYPE],
    ...[HALF_STATIC_MAP_TYPE, SHORT_MAP_TYPE, PACKET_TYPE, IMAGE_TYPE],
].reduce((bits, type) => bits | (1 << type), 0)

/**
 * Finds what a collection would keep, without touching the board's memory: the VM's own marking
 * (`mark_roots` and `scan_gc_obj` in `gc_alloc.c`) over a copy of nothing. One marker serves one heap
 * and is reused: a mark allocates nothing, so it can run ten thousand times in a run.
 */
export class HeapMarker {
    /** By word of the heap: the number of the mark that last reached the block starting there. */
    private readonly stamps: Uint32Array
    private readonly pending: Uint32Array
    private pendingCount = 0
    private stamp = 0
    private liveWords = 0
    private readonly words: Uint32Array
    private readonly from: number
    private readonly to: number

    constructor(private readonly heap: HeapMemory) {
        const size = capacityOf(heap) >>> 2
        this.stamps = new Uint32Array(size)
        // A block is at least two words and enters the list once.
        this.pending = new Uint32Array((size >>> 1) + 1)
        this.words = heap.words
        this.from = heap.start
        this.to = heap.end
    }

    /**
     * Marks everything reachable.
     * @param ctx address of the running program's context, 0 when there is none
     * @param pinned addresses of the pinned blocks of this intact heap; default: it looks for them
     * @returns live bytes: blocks reachable from the roots or pinned, headers included
     * @throws HeapError when a reference leads where no intact heap has one
     */
    mark(ctx: number, pinned?: readonly number[]): number {
        this.stamp++
        this.liveWords = 0
        this.pendingCount = 0
        if (ctx !== 0) visitRoots(this.heap, ctx, this.visitPointer, this.visitValues)
        this.scanPending()
        if (pinned) for (const address of pinned) this.reach(address)
        else this.visitPinned()
        this.scanPending()
        return this.liveWords * 4
    }

    /** Whether the last mark reached the block at this address. */
    isLive(address: number): boolean {
        return this.stamps[(address - this.from) >>> 2] === this.stamp
    }

    private visitPinned(): void {
        const { heap, words } = this
        const end = endOf(heap)
        for (let at = (heap.start - heap.origin) >>> 2; at < end; at += blockWords(heap, at, end))
            if ((words[at]! >>> 24) & TAG_PINNED) this.reach(heap.origin + at * 4)
    }

    private readonly visitPointer = (address: number): void => this.reach(address)

    private reach(address: number): void {
        if (address === 0) return
        if (address < this.from || address >= this.to || address & 3)
            throw new HeapError(`a reference leads to ${hex(address)}, outside the heap`)
        const index = (address - this.from) >>> 2
        if (this.stamps[index] === this.stamp) return
        const header = this.words[(address - this.heap.origin) >>> 2]!
        if (header >>> 24 === TAG_FREE) return
        this.keep(index, header, address)
        // What holds nothing needs no look inside.
        if ((HOLDS >>> ((header >>> 24) & TAG_TYPE)) & 1)
            this.pending[this.pendingCount++] = address
    }

    /** A value holds a heap pointer when its exponent is 0 and bit 3 of its type is set (`devs_value.h`). */
    private readonly visitValues = (address: number, count: number): void => {
        const { words } = this
        const first = (address - this.heap.origin) >>> 2
        const last = first + count * 2
        if (count < 0 || address & 3 || first < 0 || last > words.length)
            throw new HeapError(`${count} values at ${hex(address)} lie outside the memory`)
        for (let at = first; at < last; at += 2)
            if ((words[at + 1]! & 0x7ff00008) === 8) this.reach(words[at]!)
    }

    /** Marks a block without looking inside it. */
    private keep(index: number, header: number, address: number): void {
        const size = header & 0xffffff
        if (size < 2 || index + size > this.stamps.length)
            throw new HeapError(`the block at ${hex(address)} has a size of ${size * 4} bytes`)
        this.stamps[index] = this.stamp
        this.liveWords += size
    }

    private scanPending(): void {
        while (this.pendingCount > 0) this.scan(this.pending[--this.pendingCount]!)
    }

    private scan(address: number): void {
        const { words } = this
        const at = (address - this.heap.origin) >>> 2
        switch ((words[at]! >>> 24) & TAG_TYPE) {
            case MAP_TYPE:
            case HALF_STATIC_MAP_TYPE:
                return this.scanMap(at, 2)
            case SHORT_MAP_TYPE:
                return this.scanMap(at, 1)
            case ARRAY_TYPE:
                this.scanStorage(
                    words[at + (ARRAY.data >> 2)]!,
                    words[at + (ARRAY.length >> 2)]! & 0xffff,
                )
                return this.reach(words[at + (ARRAY.attached >> 2)]!)
            case BUFFER_TYPE:
                return this.reach(words[at + (BUFFER.attached >> 2)]!)
            case ACTIVATION_TYPE:
                this.reach(words[at + (ACTIVATION.closure >> 2)]!)
                return this.visitValues(address + ACTIVATION.slots, this.slotsOf(at))
            case BOUND_FUNCTION_TYPE:
                return this.visitValues(
                    address + BOUND_FUNCTION.self,
                    (BOUND_FUNCTION.func - BOUND_FUNCTION.self) / 8 + 1,
                )
            case PACKET_TYPE:
                this.reach(words[at + (PACKET.payload >> 2)]!)
                return this.reach(words[at + (PACKET.attached >> 2)]!)
            case IMAGE_TYPE:
                this.reach(words[at + (GIMAGE.buffer >> 2)]!)
                return this.reach(words[at + (GIMAGE.attached >> 2)]!)
        }
    }

    private scanMap(at: number, valuesAnEntry: number): void {
        const length = this.words[at + (MAP.length >> 2)]! & 0xffff
        this.scanStorage(this.words[at + (MAP.data >> 2)]!, length * valuesAnEntry)
        // A prototype that is not on the heap is one of the VM's own, or a service's, in flash.
        const proto = this.words[at + (MAP.proto >> 2)]!
        if (proto >= this.from && proto < this.to) this.reach(proto)
    }

    /** The storage of an array or a map is a block of its own, which holds only the values in use. */
    private scanStorage(data: number, count: number): void {
        if (data === 0) return
        const address = data - 4
        if (address < this.from || address >= this.to || address & 3)
            throw new HeapError(`storage at ${hex(data)} lies outside the heap`)
        const index = (address - this.from) >>> 2
        const header = this.words[(address - this.heap.origin) >>> 2]!
        if (((header >>> 24) & TAG_TYPE) !== BYTES || count * 2 > (header & 0xffffff) - 1)
            throw new HeapError(`the storage at ${hex(data)} cannot hold ${count} values`)
        if (this.stamps[index] !== this.stamp) this.keep(index, header, address)
        this.visitValues(data, count)
    }

    private slotsOf(at: number): number {
        const func = this.words[at + (ACTIVATION.func >> 2)]!
        const index = (func + FUNCTION.numSlots - this.heap.origin) >>> 2
        if (func & 3 || index >= this.words.length)
            throw new HeapError(`a call frame's function at ${hex(func)} lies outside the memory`)
        return this.words[index]! & 0xffff
    }
}
