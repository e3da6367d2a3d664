import { HeapError } from "../heap/heap-memory"
import { ACTIVATION, BUFFER, CTX, FUNCTION, MAP } from "../heap/layout"
import { MemoryReader } from "../heap/memory-reader"
import { decodeValue } from "../heap/value"
import { TAG_TYPE } from "../heap/walk"
import { isElementMethod } from "../advice/array-methods"
import { textBytes } from "../advice/costs"
import { TextLog, type Plus } from "../advice/text-log"
import { AllocationProfiler } from "./allocation-profiler"
import type { SourceMap } from "./debug-info-source-map"
import { instructionOf } from "./frame-instruction"
import { PlusReader } from "./plus-reader"
import type { AllocationListener, SimulatedBoard } from "./simulated-board"

const MAP_TYPE = 4
const BUFFER_TYPE = 5
const STRING = 6
const ACTIVATION_TYPE = 8
const LONG_STRING = 12
/** Buffers this short hold no rows or records that could be told. */
const LEAST_BUFFER = 64
/** Where a string block keeps its length. */
const STRING_LENGTH = 4

/** Calls of one function, and what their frames took. */
export interface FrameFacts {
    calls: number
    bytes: number
}

/** A block that has just been allocated. */
interface Pending {
    /** Its type. */
    tag: number
    bytes: number
    address: number
    /** The call that made it, 0 for the runtime. */
    frame: number
    functionStart: number
    pc: number
    plus: Plus | undefined
}

/**
 * Notes about every allocation of a run what an advice needs and a profile does not have: which
 * function a frame was of, what texts became, and what was still there after collections. All it
 * keeps is on the host; of the board it only reads.
 */
export class ChurnObserver {
    readonly profiler = new AllocationProfiler()
    readonly texts: TextLog
    /** By pc of a function's first instruction. */
    readonly frames = new Map<number, FrameFacts>()
    /** By pc: bytes of the largest buffer made there. */
    readonly largestBuffers = new Map<number, number>()
    /** By pc: fields of the objects that literals make there. */
    readonly fields = new Map<number, number>()
    /** By pc: address of the object made there last. */
    private readonly lastObjects = new Map<number, number>()
    /** By leaf of the profiler's tree: the most live blocks at any look. */
    survivors = new Float64Array(0)
    /** By leaf: arrays that such a method was called on. */
    readonly taken = new Map<number, number>()
    /** Addresses of those. */
    private readonly takenNow = new Set<number>()
    /** pcs of the first instructions of methods that call a function for every element. */
    private readonly elementMethods: ReadonlySet<number>
    /** By address of a buffer: all its bits that were ever set at a look. */
    private readonly everSet = new Map<number, Uint8Array>()
    private readonly plus: PlusReader
    /** The block allocated last: what it holds is known when the next one comes. */
    private pending: Pending = {
        ...{ tag: 0, bytes: 0, address: 0, frame: 0, functionStart: 0, pc: 0 },
        plus: undefined,
    }

    /** @param map of the program; without one, statements and methods are not known */
    constructor(bytecode: Uint8Array, map: SourceMap | undefined) {
        this.plus = new PlusReader(bytecode)
        this.texts = new TextLog((pc, other) => !!map?.isOneStatement(pc, other), textBytes)
        const methods = (map?.functions ?? []).filter(({ startpc }) => {
            const declared = map?.declarationOf(startpc)
            return declared && isElementMethod(declared)
        })
        this.elementMethods = new Set(methods.map(({ startpc }) => startpc))
    }

    readonly allocated: AllocationListener = (words, ctx, tag, bytes, address) => {
        this.settle(words, address)
        this.profiler.allocated(words, ctx, tag, bytes, address)
        if (this.takenNow.size > 0) this.takenNow.delete(address)
        if (this.everSet.size > 0) this.everSet.delete(address)
        const frame = ctx === 0 ? 0 : words[(ctx + CTX.currFn) >>> 2]!
        const type = tag & TAG_TYPE
        const pc = frame && instructionOf(words, frame)
        this.pending = {
            ...{ tag: type, bytes, address, frame, pc },
            functionStart: frame && startOf(words, frame),
            plus: isText(type) ? this.plus.read(words, ctx, pc, address) : undefined,
        }
    }

    /** Notes what is live now: to be called now and then, between calls and in the midst of them. */
    look(board: SimulatedBoard): void {
        const { heap } = board.tracker
        if (!heap) return
        const all = board.blocks()
        const reader = new MemoryReader(heap)
        for (const { type, address, bytes, live } of all)
            if (type === "buffer" && live && bytes >= LEAST_BUFFER)
                this.lookInto(reader, address, bytes)
        const { blocks } = this.profiler.live(all)
        if (blocks.length > this.survivors.length) {
            const grown = new Float64Array(blocks.length)
            grown.set(this.survivors)
            this.survivors = grown
        }
        blocks.forEach((count, leaf) => {
            if (count > this.survivors[leaf]!) this.survivors[leaf] = count
        })
    }

    /** All bits that were ever seen set in the buffer at an address. */
    bitsOf(address: number): Uint8Array | undefined {
        return this.everSet.get(address)
    }

    private lookInto(reader: MemoryReader, address: number, bytes: number): void {
        const length = reader.bufferLength(address, bytes)
        const now = reader.bytes(address + BUFFER.data, length)
        const bits = this.everSet.get(address)
        if (bits) now.forEach((byte, i) => (bits[i]! |= byte))
        else this.everSet.set(address, now)
    }

    /**
     * Notes the block allocated last, which is complete by now.
     * @param nextAddress address of the block allocated after it, if one was
     */
    settle(words: Uint32Array, nextAddress = 0): void {
        const { tag, bytes, address, pc } = this.pending
        this.pending.tag = 0
        // A collection may have come in between and taken it.
        const isThere = ((words[address >>> 2]! >>> 24) & TAG_TYPE) === tag
        if (tag === 0 || !isThere || address === nextAddress) return
        if (tag === BUFFER_TYPE)
            this.largestBuffers.set(pc, Math.max(bytes, this.largestBuffers.get(pc) ?? 0))
        else if (tag === ACTIVATION_TYPE) this.addFrame(words, address, bytes)
        else if (tag === MAP_TYPE) this.addObject(words, address, pc)
        else if (isText(tag)) this.addText(words, tag === LONG_STRING)
    }

    private addText(words: Uint32Array, isLong: boolean): void {
        const { address, bytes, functionStart } = this.pending
        const length = words[(address + STRING_LENGTH) >>> 2]! & 0xffff
        const call = this.frames.get(functionStart)?.calls ?? 0
        this.texts.add({ ...this.pending, length, call }, () =>
            textAt(words, address, isLong, bytes),
        )
    }

    /** The object made before at the same place has its fields by now, if it is still there. */
    private addObject(words: Uint32Array, address: number, pc: number): void {
        const last = this.lastObjects.get(pc)
        this.lastObjects.set(pc, address)
        if (last === undefined || last === address) return
        const isThere = ((words[last >>> 2]! >>> 24) & TAG_TYPE) === MAP_TYPE
        const isSame = this.profiler.leafAt(last) === this.profiler.leafAt(address)
        if (isThere && isSame) this.fields.set(pc, words[(last + MAP.length) >>> 2]! & 0xffff)
    }

    private addFrame(words: Uint32Array, address: number, bytes: number): void {
        const functionStart = startOf(words, address)
        if (this.elementMethods.has(functionStart)) this.take(words, address)
        const facts = this.frames.get(functionStart)
        if (facts) {
            facts.calls++
            facts.bytes += bytes
        } else this.frames.set(functionStart, { calls: 1, bytes })
    }

    /** Notes the array that a method was called on: its `this`. */
    private take(words: Uint32Array, frame: number): void {
        const self = (frame + ACTIVATION.slots) >>> 2
        const { pointer } = decodeValue(words[self]!, words[self + 1]!)
        if (pointer === undefined || this.takenNow.has(pointer)) return
        this.takenNow.add(pointer)
        const leaf = this.profiler.leafAt(pointer)
        this.taken.set(leaf, (this.taken.get(leaf) ?? 0) + 1)
    }
}

function isText(type: number): boolean {
    return type === STRING || type === LONG_STRING
}

function startOf(words: Uint32Array, frame: number): number {
    return words[(words[(frame + ACTIVATION.func) >>> 2]! + FUNCTION.start) >>> 2]!
}

function textAt(
    words: Uint32Array,
    address: number,
    isLong: boolean,
    bytes: number,
): string | undefined {
    const reader = new MemoryReader({ words, origin: 0, start: 0, end: 4 * words.length })
    try {
        return reader.string(address, isLong, bytes)
    } catch (error) {
        // Some functions of the VM allocate again before they write the text.
        if (error instanceof HeapError) return undefined
        throw error
    }
}
