import { HeapError, type HeapMemory } from "../../model/heap/heap-memory"
import { ACTIVATION, FUNCTION } from "../../model/heap/layout"
import { MemoryReader } from "../../model/heap/memory-reader"
import { listBlocks } from "../../model/heap/walk"

/** Where `devs_img_header_t` says where the functions are described. */
const FUNCTIONS_SECTION = 32
/** Bytes of that header. */
const HEADER_BYTES = 112
/** More functions than a program has. */
const MAX_FUNCTIONS = 0x4000

/**
 * Stands in for a program's image that nobody gave. It has no names, and of each function that has a
 * call frame on the heap the number of variables: as many as fit its frame. The rest of a frame holds no
 * reference: open `try` statements, and what fills free blocks.
 * @param functions where the functions are described on the board
 * @throws HeapError when a call frame is of none of them
 */
export function imageWithoutNames(heap: HeapMemory, functions: number): Uint8Array {
    const reader = new MemoryReader(heap)
    const blocks = listBlocks(heap)
    const starts = new Set(blocks.map(({ address }) => address))
    const slots = new Map<number, number>()
    for (const { address, bytes, type } of blocks) {
        if (type !== "activation") continue
        const index = (reader.word(address + ACTIVATION.func) - functions) / FUNCTION.size
        if (!Number.isInteger(index) || index < 0 || index >= MAX_FUNCTIONS)
            throw new HeapError("a call frame is of no function of the program")
        const room = (bytes - ACTIVATION.slots) >> 3
        let count = Math.min(slots.get(index) ?? Infinity, room)
        const isOdd = (slot: number) => {
            const { pointer } = reader.value(address + ACTIVATION.slots + 8 * slot)
            return pointer !== undefined && pointer !== 0 && !starts.has(pointer)
        }
        while (count > 0 && isOdd(count - 1)) count--
        slots.set(index, count)
    }
    const count = Math.max(-1, ...slots.keys()) + 1
    const image = new Uint8Array(HEADER_BYTES + FUNCTION.size * count)
    const view = new DataView(image.buffer)
    view.setUint32(FUNCTIONS_SECTION, HEADER_BYTES, true)
    view.setUint32(FUNCTIONS_SECTION + 4, FUNCTION.size * count, true)
    for (const [index, variables] of slots)
        view.setUint16(
            HEADER_BYTES + FUNCTION.size * index + FUNCTION.numSlots,
            Math.max(0, variables),
            true,
        )
    return image
}
