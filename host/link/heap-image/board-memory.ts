import type { HeapBlock } from "../../model/heap/block"
import { hex, HeapError, type HeapMemory } from "../../model/heap/heap-memory"
import { ACTIVATION, CTX, IMAGE, MAP } from "../../model/heap/layout"
import { ProgramImage } from "../../model/program/program-image"
import { listBlocks } from "../../model/heap/walk"
import { functionTable } from "./function-table"
import type { BoardHeap } from "./read-heap"
import type { RuntimeBlocks } from "./runtime-blocks"

/** Bytes of the runtime's context that anybody looks at. */
const CTX_BYTES = 320
/** The runtime's tables follow the global variables: 16 bytes each, in this order. */
const TABLES = [CTX.fnProtos, CTX.specProtos, CTX.fnValues] as const
const TABLE_BYTES = 16
const HAS_PROTOTYPE = new Set(["map", "half-static-map", "short-map"])

/** A board's heap with what belongs to it beside: what marking and the graph need. */
export interface BoardMemory {
    heap: HeapMemory
    /** Address of the runtime's context. */
    ctx: number
}

/**
 * Puts a heap together with what is not on it, as if all lay in one memory: the runtime's context,
 * rebuilt from what it is known to point to, and the program's image. References to the image are
 * moved to where it lies now; nothing else of the heap changes.
 *
 * The evaluation stack is left empty: at a halt it holds what the last statement of the fiber that ran
 * before has left, and the next instruction forgets it.
 * @param image the program's bytecode, or what `imageWithoutNames` makes
 * @throws HeapError when the heap is not one that this program leaves
 */
export function assembleMemory(
    { heap: raw, globals }: BoardHeap,
    runtime: RuntimeBlocks,
    image: Uint8Array,
): BoardMemory {
    const blocks = listBlocks(raw)
    const functions = new ProgramImage(image).functionOffset(0) ?? 0
    const from = functionTable(raw, runtime.fibers) - functions
    const ctx = (raw.end + 4 + 7) & ~7
    const to = ctx + CTX_BYTES
    const imageBytes = (image.length + 3) & ~3
    const words = new Uint32Array((to + imageBytes - raw.origin) / 4)
    words.set(raw.words)
    new Uint8Array(words.buffer).set(image, to - raw.origin)

    const heap = { ...raw, words }
    const at = (address: number) => (address - raw.origin) >>> 2
    moveReferences(heap, blocks, from, image.length, to)
    const bytes = new DataView(words.buffer)
    const set32 = (offset: number, value: number) => void (words[at(ctx + offset)] = value)
    const set16 = (offset: number, value: number) =>
        bytes.setUint16(ctx - raw.origin + offset, value, true)
    const set8 = (offset: number, value: number) => bytes.setUint8(ctx - raw.origin + offset, value)
    set32(CTX.globals, raw.start + 4)
    TABLES.forEach((offset, i) => set32(offset, raw.start + 4 + 8 * globals + TABLE_BYTES * i))
    set32(CTX.image, to)
    set32(CTX.fibers, runtime.fibers)
    set32(CTX.builtinProtos, runtime.builtinProtos)
    set8(CTX.numBuiltinProtos, runtime.builtinProtos === 0 ? 0 : 12)
    set32(CTX.roles, runtime.roles)
    set16(CTX.numRoles, runtime.numRoles)
    set32(CTX.pinState, runtime.pins)
    set8(CTX.numPins, runtime.numPins)
    bytes.setUint16(to - raw.origin + IMAGE.numGlobals, globals, true)
    return { heap, ctx }
}

function moveReferences(
    heap: HeapMemory,
    blocks: readonly HeapBlock[],
    from: number,
    imageBytes: number,
    to: number,
): void {
    const { words, origin } = heap
    const move = (address: number, isThere: boolean) => {
        const index = (address - origin) >>> 2
        const offset = words[index]! - from
        if (offset >= 0 && offset < imageBytes) words[index] = to + offset
        else if (isThere)
            throw new HeapError(`the call frame at ${hex(address)} is of another program`)
    }
    for (const { address, type } of blocks)
        if (type === "activation") move(address + ACTIVATION.func, true)
        else if (HAS_PROTOTYPE.has(type)) move(address + MAP.proto, false)
}
