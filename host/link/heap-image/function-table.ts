import { HeapError, type HeapMemory } from "../../model/heap/heap-memory"
import { ACTIVATION, FIBER, FUNCTION } from "../../model/heap/layout"
import { MemoryReader } from "../../model/heap/memory-reader"

/** More frames than any heap can hold. */
const MAX_FRAMES = 0x10000

/**
 * Where the functions are described on the board: every fiber says which one it began with, and the
 * frame at the bottom of its stack where that is described.
 * @param first address of the first fiber
 */
export function functionTable(heap: HeapMemory, first: number): number {
    const reader = new MemoryReader(heap)
    let found: number | undefined
    for (let fiber = first; fiber !== 0; fiber = reader.word(fiber + FIBER.next)) {
        const frame = bottomFrame(reader, reader.word(fiber + FIBER.activation))
        const index = reader.half(fiber + FIBER.bottomFunction)
        const address = reader.word(frame + ACTIVATION.func) - FUNCTION.size * index
        if (found !== undefined && found !== address)
            throw new HeapError("the fibers do not agree where the program lies")
        found = address
    }
    if (found === undefined) throw new HeapError("the program has no fiber")
    return found
}

function bottomFrame(reader: MemoryReader, top: number): number {
    let frame = top
    for (let depth = 0; depth < MAX_FRAMES; depth++) {
        const caller = reader.word(frame + ACTIVATION.caller)
        if (caller === 0) return frame
        frame = caller
    }
    throw new HeapError("a fiber's call frames run in a circle")
}
