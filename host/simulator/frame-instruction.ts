import { ACTIVATION, FUNCTION } from "../model/heap/layout"

/**
 * A pc inside the instruction a frame is at. The frame's own points past it, except before the first
 * one, when the VM makes the object of a `new` and the array of a rest parameter.
 */
export function instructionOf(words: Uint32Array, frame: number): number {
    const pc = words[(frame + ACTIVATION.pc) >>> 2]! & 0xffff
    return hasBegun(words, frame) ? pc - 1 : pc
}

/** Whether a frame has got to its first instruction. */
export function hasBegun(words: Uint32Array, frame: number): boolean {
    const pc = words[(frame + ACTIVATION.pc) >>> 2]! & 0xffff
    const descriptor = words[(frame + ACTIVATION.func) >>> 2]!
    return pc !== words[(descriptor + FUNCTION.start) >>> 2]!
}
