/**
 * A heap in the bytes of its board: the simulator's linear memory, or bytes read from a real board.
 * Addresses are the board's own; `words[0]` is at `origin`.
 */
export interface HeapMemory {
    words: Uint32Array
    /** Address of `words[0]`, a multiple of 4. */
    origin: number
    /** Address of the first block. */
    start: number
    /** Address of the end marker, one word past the last block. */
    end: number
}

/**
 * Bytes on the heap's chunk that no block can use: the chunk's two words before the first block and
 * the end marker after the last (`chunk_t` in the VM's `gc_alloc.c`).
 */
const HEAP_OVERHEAD_BYTES = 12

/** Bytes usable by blocks of a heap whose nominal size is this. */
export function capacityFor(heapBytes: number): number {
    return (heapBytes - HEAP_OVERHEAD_BYTES) & ~3
}

/** The nominal size of a heap with so many bytes for blocks. */
export function nominalBytes(capacityBytes: number): number {
    return capacityBytes + HEAP_OVERHEAD_BYTES
}

/** The VM collects once more than this was allocated since the last time: a quarter of the heap (`gc_threshold`). */
export function collectionThreshold(capacityBytes: number): number {
    return (nominalBytes(capacityBytes) >>> 4) << 2
}

/** The heap the VM is built with, and so the largest that can be imposed. Bytes. */
export const MAX_HEAP_BYTES = 64 * 1024
/** Below this the VM itself refuses to make a heap (`devs_gc_add_chunk`). Bytes. */
export const MIN_HEAP_BYTES = 256

/** Bytes usable by blocks. */
export function capacityOf(heap: HeapMemory): number {
    return heap.end - heap.start
}

/** The heap does not have the shape the VM gives it: corrupted, or not a heap at all. */
export class HeapError extends Error {
    override name = "HeapError"
}

/** @throws HeapError unless the heap lies inside the memory, word-aligned and with room for a block. */
export function checkBounds({ words, origin, start, end }: HeapMemory): void {
    const inside =
        Number.isSafeInteger(start) &&
        Number.isSafeInteger(end) &&
        Number.isSafeInteger(origin) &&
        start >= origin &&
        end - start >= 8 &&
        end <= origin + (words.length - 1) * 4
    if (!inside || (origin | start | end) & 3)
        throw new HeapError(
            `a heap from ${hex(start)} to ${hex(end)} does not lie in the memory at ${hex(origin)} of ${words.length * 4} bytes`,
        )
}

export function hex(address: number): string {
    return "0x" + address.toString(16)
}
