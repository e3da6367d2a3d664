import type { HeapBlock } from "../../model/heap/block"
import type { HeapFigures } from "../../model/figures"

/** What an exact reading of the heap tells an estimate. Addresses are the board's. */
export interface Anchor {
    start: number
    capacityBytes: number
    usedBytes: number
    liveBytes: number
    /** From the heap's start to the end of a buffer like the agent's large ones that were made now. */
    fillBytes?: number | undefined
}

/** The block of one of the agent's large buffers. */
const LARGE_BLOCK_BYTES = 132

/** @param blocks all of the heap, in order of address */
export function anchorOf(
    blocks: readonly HeapBlock[],
    { capacityBytes, usedBytes, liveBytes }: HeapFigures,
): Anchor {
    const start = blocks[0]!.address
    const hole = firstHole(blocks, LARGE_BLOCK_BYTES)
    const fillBytes = hole === undefined ? undefined : hole + LARGE_BLOCK_BYTES - start
    return { start, capacityBytes, usedBytes, liveBytes, fillBytes }
}

/** Where a block of so many bytes would be made: the first hole that has room, of one free block or more. */
function firstHole(blocks: readonly HeapBlock[], wanted: number): number | undefined {
    let at = 0
    let room = 0
    for (const { address, bytes, type } of blocks) {
        if (type !== "free") room = 0
        else {
            if (room === 0) at = address
            room += bytes
            if (room >= wanted) return at
        }
    }
    return undefined
}
