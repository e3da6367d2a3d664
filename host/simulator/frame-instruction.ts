import { ACTIVATION, CTX, FUNCTION } from "../model/heap/layout"

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

/**
 * The pc, past its instruction, of the program's line that asks for what is allocated now; of the
 * library's where no line of the program is open, 0 for the runtime itself.
 * @param ctx the running program's context
 * @param isLibrary by pc: 1 where the code is a library's; none when that is not known
 */
export function lineAsking(
    words: Uint32Array,
    ctx: number,
    isLibrary: Uint8Array | undefined,
): number {
    let innermost = 0
    let frame = words[(ctx + CTX.currFn) >>> 2]!
    while (frame !== 0) {
        const caller = words[(frame + ACTIVATION.caller) >>> 2]!
        // What a call begins with, as the object of a `new`, is asked for where it is called.
        if (caller === 0 || hasBegun(words, frame)) {
            const instruction = instructionOf(words, frame)
            if (!isLibrary?.[instruction]) return instruction + 1
            innermost ||= instruction + 1
        }
        frame = caller
    }
    return innermost
}
