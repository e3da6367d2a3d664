import {
    isBlockRequest,
    isElementMethod,
    useOf,
    type ArrayUse,
    type Uses,
    type WholeUse,
} from "../../analysis/advice/array-methods"
import {
    ArgumentLog,
    type Argument,
    type ArgumentFacts,
} from "../../analysis/advice/usage/argument-log"
import { pureFunction } from "../../analysis/advice/pure-function"
import { textBytes } from "../../model/heap/object-sizes"
import { TextLog } from "../../analysis/advice/text-log"
import type { MadeText } from "../../analysis/advice/texts"
import { ACTIVATION, ARRAY, BUFFER, CTX, FUNCTION, MAP, STRING } from "../../model/heap/layout"
import { MemoryReader } from "../../model/heap/memory-reader"
import { decodeValue } from "../../model/heap/value"
import { TAG_TYPE } from "../../model/heap/walk"
import { AllocationLog } from "./allocation-log"
import { AllocationProfiler } from "./allocation-profiler"
import { PCS, type SourceMap } from "../../model/program/source-map"
import { instructionOf } from "../frame-instruction"
import { ConcatenationReader } from "./concatenation-reader"
import type { AllocationListener, SimulatedBoard } from "../simulated-board"

const MAP_TYPE = 4
const BUFFER_TYPE = 5
const STRING_TYPE = 6
const ACTIVATION_TYPE = 8
const LONG_STRING_TYPE = 12
/** Of a block's header: its size in words. */
const BLOCK_WORDS = 0xffffff
/** Buffers this short hold no rows or records that could be told. */
const MIN_BUFFER = 64

/** Calls of one function, and what their frames took. */
export interface FrameFacts {
    calls: number
    bytes: number
}

/** A block that has just been allocated. */
interface Pending extends MadeText {
    type: number
}

/**
 * Notes about every allocation of a run what an advice needs and a profile does not have: which
 * function a frame was of, what texts became, and what was there in between. All it keeps is on the
 * host; of the board it only reads. It is called millions of times in a run: what it notes goes into
 * arrays by pc, and it makes no object.
 */
export class ChurnObserver {
    readonly profiler = new AllocationProfiler()
    readonly log = new AllocationLog()
    readonly texts: TextLog
    /** By pc: bytes of the largest buffer made there. */
    readonly largestBuffers = new Uint16Array(PCS)
    /** By pc: fields of the objects made there. */
    readonly fields = new Uint16Array(PCS)
    /** By leaf of the profiler's tree: the most live blocks at any look. */
    survivors = new Float64Array(0)
    /** By leaf: arrays that such a method was called on. */
    readonly taken = new Map<number, number>()
    /** By pc of a function's first instruction. */
    private readonly calls = new Uint32Array(PCS)
    private readonly frameBytes = new Float64Array(PCS)
    /** By pc: address of the object made there last. */
    private readonly lastObjects = new Uint32Array(PCS)
    /** Addresses of arrays that are taken now. */
    private readonly takenNow = new Set<number>()
    /** By pc of its first instruction: 1 for a method that calls a function for every element. */
    private readonly isElementMethod = new Uint8Array(PCS)
    /** By pc of its first instruction: what a method does with all elements of its array. */
    private readonly uses = new Map<number, WholeUse>()
    /** pcs of the first instructions of functions that pools of blocks are asked by. */
    private readonly requesting = new Set<number>()
    /** By leaf of the pool: the sizes it was asked for. */
    private readonly requests = new Map<number, Set<number>>()
    /** By leaf: what was done with the arrays made there. */
    private readonly used = new Map<number, ArrayUse>()
    /** By pc of its first instruction: arguments of a function that only works out a result. */
    private readonly arguments = new Map<number, ArgumentLog>()
    private readonly first: Argument = { kind: "other", value: 0 }
    private readonly second: Argument = { kind: "other", value: 0 }
    /** By address of a buffer: all its bits that were ever set at a look. */
    private readonly everSet = new Map<number, Uint8Array>()
    private readonly plus: ConcatenationReader
    /** The block allocated last: what it holds is known when the next one comes. */
    private readonly pending: Pending = {
        ...{ type: 0, bytes: 0, length: 0, address: 0, frame: 0, call: 0 },
        ...{ functionStart: 0, pc: 0, plus: undefined },
    }

    /** @param map of the program; without one, statements and methods are not known */
    constructor(bytecode: Uint8Array, map: SourceMap | undefined) {
        this.plus = new ConcatenationReader(bytecode)
        this.texts = new TextLog((pc, other) => !!map?.isOneStatement(pc, other), textBytes)
        for (const { startpc } of map?.functions ?? []) {
            const declared = map?.declarationOf(startpc)
            if (declared && isElementMethod(declared)) this.isElementMethod[startpc] = 1
            const use = declared && useOf(declared)
            if (use) this.uses.set(startpc, use)
            if (declared && isBlockRequest(declared)) this.requesting.add(startpc)
            const isOwn = declared && !map?.isLibrary(startpc)
            const pure = isOwn && pureFunction(map?.declarationText(startpc) ?? "")
            if (pure) this.arguments.set(startpc, new ArgumentLog(pure.parameters.length))
        }
    }

    readonly allocated: AllocationListener = (words, ctx, tag, bytes, address, asked, pc) => {
        this.settle(words, address)
        this.profiler.allocated(words, ctx, tag, bytes, address, asked, pc)
        if (this.takenNow.size > 0) this.takenNow.delete(address)
        if (this.everSet.size > 0) this.everSet.delete(address)
        const frame = ctx === 0 ? 0 : words[(ctx + CTX.currFn) >>> 2]!
        this.log.allocated(this.profiler.leafAt(address), asked, address, frame)
        const { pending } = this
        pending.type = tag & TAG_TYPE
        pending.bytes = bytes
        pending.address = address
        pending.frame = frame
        pending.functionStart = frame && startOf(words, frame)
        pending.pc = frame && instructionOf(words, frame)
        if (isText(pending.type))
            pending.plus = frame ? this.plus.read(words, ctx, pending.pc, address) : undefined
    }

    /** Notes what is live now: to be called now and then, between calls and in the midst of them. */
    sample(board: SimulatedBoard): void {
        const { heap } = board.tracker
        if (!heap) return
        const all = board.blocks()
        const reader = new MemoryReader(heap)
        for (const { type, address, bytes, live } of all)
            if (type === "buffer" && live && bytes >= MIN_BUFFER)
                this.lookInto(reader, address, bytes)
        const { blocks } = this.profiler.live(all)
        if (blocks.length > this.survivors.length) {
            const grown = new Float64Array(2 * blocks.length)
            grown.set(this.survivors)
            this.survivors = grown
        }
        for (let leaf = 0; leaf < blocks.length; leaf++)
            if (blocks[leaf]! > this.survivors[leaf]!) this.survivors[leaf] = blocks[leaf]!
    }

    /** All bits that were ever seen set in the buffer at an address. */
    bitsOf(address: number): Uint8Array | undefined {
        return this.everSet.get(address)
    }

    /** Calls and their frames, by pc of the function's first instruction. */
    frameFacts(): Map<number, FrameFacts> {
        const facts = new Map<number, FrameFacts>()
        this.calls.forEach((calls, start) => {
            if (calls > 0) facts.set(start, { calls, bytes: this.frameBytes[start]! })
        })
        return facts
    }

    /** The few arguments that functions had which only work out a result, by pc of the first instruction. */
    argumentFacts(): Map<number, ArgumentFacts> {
        const facts = new Map<number, ArgumentFacts>()
        for (const [start, seen] of this.arguments) {
            const told = seen.facts()
            if (told) facts.set(start, told)
        }
        return facts
    }

    private lookInto(reader: MemoryReader, address: number, bytes: number): void {
        const length = reader.bufferLength(address, bytes)
        const now = reader.bytes(address + BUFFER.data, length)
        const bits = this.everSet.get(address)
        if (bits) now.forEach((byte, i) => (bits[i]! |= byte))
        else this.everSet.set(address, now)
    }

    /** Notes the block allocated last, which is complete by now. @param nextAddress of the one after it */
    private settle(words: Uint32Array, nextAddress: number): void {
        const { pending } = this
        const { type, bytes, address, pc } = pending
        pending.type = 0
        // A collection may have come in between and taken it.
        const isThere = ((words[address >>> 2]! >>> 24) & TAG_TYPE) === type
        if (type === 0 || !isThere || address === nextAddress) return
        if (type === ACTIVATION_TYPE) this.addFrame(words, address, bytes)
        else if (isText(type)) this.addText(words, type === LONG_STRING_TYPE)
        else if (type === MAP_TYPE) this.addObject(words, address, pc)
        else if (type === BUFFER_TYPE && bytes > this.largestBuffers[pc]!)
            this.largestBuffers[pc] = bytes
    }

    private addText(words: Uint32Array, isLong: boolean): void {
        const { pending } = this
        const { address, bytes } = pending
        pending.length = words[(address + STRING.length) >>> 2]! & 0xffff
        pending.call = this.calls[pending.functionStart]!
        const end = isLong ? bytes : STRING.text + pending.length
        this.texts.add(pending, () => hashOf(words, address + STRING.length, address + end))
    }

    /** The object made before at the same place has its fields by now, if it is still there. */
    private addObject(words: Uint32Array, address: number, pc: number): void {
        const last = this.lastObjects[pc]!
        this.lastObjects[pc] = address
        if (last === 0 || last === address) return
        const isThere = ((words[last >>> 2]! >>> 24) & TAG_TYPE) === MAP_TYPE
        const isSame = this.profiler.leafAt(last) === this.profiler.leafAt(address)
        if (isThere && isSame) this.fields[pc] = words[(last + MAP.length) >>> 2]! & 0xffff
    }

    private addFrame(words: Uint32Array, address: number, bytes: number): void {
        const functionStart = startOf(words, address)
        if (this.isElementMethod[functionStart]) this.take(words, address)
        const use = this.uses.get(functionStart)
        if (use) this.use(words, address, use)
        if (this.requesting.size > 0 && this.requesting.has(functionStart))
            this.addRequest(words, address)
        const seen = this.arguments.get(functionStart)
        if (seen) this.addArguments(words, address, seen)
        this.calls[functionStart]!++
        this.frameBytes[functionStart]! += bytes
    }

    /** The sizes that a pool of blocks made at the place of the one at an address was asked for. */
    requestsOf(address: number): number[] | undefined {
        const sizes = this.requests.get(this.profiler.leafAt(address))
        return sizes && [...sizes]
    }

    private addRequest(words: Uint32Array, frame: number): void {
        const at = (frame + ACTIVATION.slots) >>> 2
        const { pointer } = decodeValue(words[at]!, words[at + 1]!)
        const { scalar } = decodeValue(words[at + 2]!, words[at + 3]!)
        if (pointer === undefined || typeof scalar !== "number") return
        const leaf = this.profiler.leafAt(pointer)
        const sizes = this.requests.get(leaf)
        if (sizes) sizes.add(scalar)
        else this.requests.set(leaf, new Set([scalar]))
    }

    private addArguments(words: Uint32Array, frame: number, seen: ArgumentLog): void {
        const at = (frame + ACTIVATION.slots) >>> 2
        this.readArgument(words, at, this.first)
        if (seen.count > 1) this.readArgument(words, at + 2, this.second)
        seen.add(this.first, this.second)
    }

    /** @param at word of the slot */
    private readArgument(words: Uint32Array, at: number, into: Argument): void {
        const { kind, scalar, pointer, flash } = decodeValue(words[at]!, words[at + 1]!)
        into.kind = "other"
        if (typeof scalar === "number" && Number.isInteger(scalar)) {
            into.kind = "number"
            into.value = scalar
        } else if (kind === "string" && flash !== undefined) {
            into.kind = "text"
            // No text on the heap has this hash but by chance.
            into.value = -1 - flash
        } else if (pointer !== undefined) {
            const header = words[pointer >>> 2]!
            if (!isText((header >>> 24) & TAG_TYPE)) return
            const length = words[(pointer + STRING.length) >>> 2]! & 0xffff
            const isLong = ((header >>> 24) & TAG_TYPE) === LONG_STRING_TYPE
            const end = isLong ? (header & BLOCK_WORDS) << 2 : STRING.text + length
            into.kind = "text"
            into.value = hashOf(words, pointer + STRING.length, pointer + end)
        }
    }

    /** What was done with all arrays, and by which functions. */
    methodFacts(): Record<WholeUse, Uses & { frameBytes: number; starts: number[] }> {
        const of = (use: WholeUse) => {
            const starts = [...this.uses].flatMap(([start, one]) => (one === use ? [start] : []))
            const all = [...this.used.values()].map(one => one[use])
            return {
                starts,
                calls: all.reduce((sum, { calls }) => sum + calls, 0),
                elements: all.reduce((sum, { elements }) => sum + elements, 0),
                most: Math.max(0, ...all.map(({ most }) => most)),
                frameBytes: starts.reduce((sum, start) => sum + this.frameBytes[start]!, 0),
            }
        }
        return { shift: of("shift"), search: of("search") }
    }

    /** What was done with the arrays of the place that made the one at an address. */
    useOf(address: number): ArrayUse | undefined {
        return this.used.get(this.profiler.leafAt(address))
    }

    private use(words: Uint32Array, frame: number, use: WholeUse): void {
        const self = (frame + ACTIVATION.slots) >>> 2
        const { pointer } = decodeValue(words[self]!, words[self + 1]!)
        if (pointer === undefined) return
        const known = this.usedAt(pointer)
        const length = words[(pointer + ARRAY.length) >>> 2]! & 0xffff
        known[use].calls++
        known[use].elements += length
        known[use].most = Math.max(known[use].most, length)
    }

    /** Elements are put at the end of the list at an address. */
    pushed(list: number, elements: number): void {
        this.usedAt(list).pushed += elements
    }

    private usedAt(list: number): ArrayUse {
        const leaf = this.profiler.leafAt(list)
        let known = this.used.get(leaf)
        if (!known) this.used.set(leaf, (known = { shift: noUse(), search: noUse(), pushed: 0 }))
        return known
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

function noUse() {
    return { calls: 0, elements: 0, most: 0 }
}

function isText(type: number): boolean {
    return type === STRING_TYPE || type === LONG_STRING_TYPE
}

/** pc of the first instruction of a frame's function. */
function startOf(words: Uint32Array, frame: number): number {
    return words[(words[(frame + ACTIVATION.func) >>> 2]! + FUNCTION.start) >>> 2]!
}

/** FNV-1a over the words that these bytes lie in. */
function hashOf(words: Uint32Array, start: number, end: number): number {
    let hash = 0x811c9dc5
    for (let word = start >>> 2; word < (end + 3) >>> 2; word++)
        hash = Math.imul(hash ^ words[word]!, 0x01000193)
    return hash
}
