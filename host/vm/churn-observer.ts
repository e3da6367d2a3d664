import { HeapError } from "../heap/heap-memory"
import { ACTIVATION, CTX, FUNCTION } from "../heap/layout"
import { MemoryReader } from "../heap/memory-reader"
import { TAG_TYPE } from "../heap/walk"
import { textBytes } from "../advice/costs"
import { TextLog, type Plus } from "../advice/text-log"
import { AllocationProfiler } from "./allocation-profiler"
import type { SourceMap } from "./debug-info-source-map"
import { instructionOf } from "./frame-instruction"
import { PlusReader } from "./plus-reader"
import type { AllocationListener, SimulatedBoard } from "./simulated-board"

const BUFFER_TYPE = 5
const STRING = 6
const ACTIVATION_TYPE = 8
const LONG_STRING = 12
/** Collections whose survivors are counted: the first ones tell enough. */
const MOST_COLLECTIONS = 200
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
    /** By leaf of the profiler's tree: the most blocks that survived a collection. */
    survivors = new Float64Array(0)
    private collections = 0
    private readonly plus: PlusReader
    /** The block allocated last: what it holds is known when the next one comes. */
    private pending: Pending = {
        ...{ tag: 0, bytes: 0, address: 0, frame: 0, functionStart: 0, pc: 0 },
        plus: undefined,
    }

    /** @param map tells statements apart; without one, only numbers made texts are known for steps */
    constructor(bytecode: Uint8Array, map: SourceMap | undefined) {
        this.plus = new PlusReader(bytecode)
        this.texts = new TextLog((pc, other) => !!map?.isOneStatement(pc, other), textBytes)
    }

    readonly allocated: AllocationListener = (words, ctx, tag, bytes, address) => {
        this.settle(words, address)
        this.profiler.allocated(words, ctx, tag, bytes, address)
        const frame = ctx === 0 ? 0 : words[(ctx + CTX.currFn) >>> 2]!
        const type = tag & TAG_TYPE
        const pc = frame && instructionOf(words, frame)
        this.pending = {
            ...{ tag: type, bytes, address, frame, pc },
            functionStart: frame && startOf(words, frame),
            plus: isText(type) ? this.plus.read(words, ctx, pc, address) : undefined,
        }
    }

    /** To be called after a collection. */
    collected(board: SimulatedBoard): void {
        if (this.collections++ >= MOST_COLLECTIONS) return
        const { blocks } = this.profiler.live(board.blocks())
        if (blocks.length > this.survivors.length) {
            const grown = new Float64Array(blocks.length)
            grown.set(this.survivors)
            this.survivors = grown
        }
        blocks.forEach((count, leaf) => {
            if (count > this.survivors[leaf]!) this.survivors[leaf] = count
        })
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
        else if (tag === ACTIVATION_TYPE) this.addFrame(startOf(words, address), bytes)
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

    private addFrame(functionStart: number, bytes: number): void {
        const facts = this.frames.get(functionStart)
        if (facts) {
            facts.calls++
            facts.bytes += bytes
        } else this.frames.set(functionStart, { calls: 1, bytes })
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
