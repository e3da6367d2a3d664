import type { BlockType, HeapBlock } from "./block"

/** A part of the heap: what fills most of its bytes. */
export interface HeapCell {
    type: BlockType
    isGarbage: boolean
    /** Whether the heap's largest free block shows here. */
    isLargestFree: boolean
}

/**
 * Divides the heap into `count` cells of `capacityBytes / count` bytes each and finds what fills
 * most of each. The largest free block always gets at least one cell, however small it is.
 */
export function heapCells(
    blocks: readonly HeapBlock[],
    heapStart: number,
    capacityBytes: number,
    count: number,
): HeapCell[] {
    const cellBytes = capacityBytes / count
    const fillings = Array.from({ length: count }, () => new Map<string, Filling>())
    for (const block of blocks) {
        const start = block.address - heapStart
        const end = start + block.bytes
        const isGarbage = block.type !== "free" && block.live === false
        const key = `${block.type} ${isGarbage}`
        const last = Math.min(count, Math.ceil(end / cellBytes))
        for (let i = Math.max(0, Math.floor(start / cellBytes)); i < last; i++) {
            const bytes = Math.min(end, (i + 1) * cellBytes) - Math.max(start, i * cellBytes)
            const filling = fillings[i]?.get(key)
            if (filling === undefined) fillings[i]?.set(key, { type: block.type, isGarbage, bytes })
            else filling.bytes += bytes
        }
    }
    const cells = fillings.map(filling => dominating(filling))

    const hole = largestFreeBlock(blocks)
    if (hole === undefined) return cells
    const start = (hole.address - heapStart) / cellBytes
    const end = start + hole.bytes / cellBytes
    const inside = cells.map((_, i) => Math.min(end, i + 1) - Math.max(start, i))
    const most = inside.indexOf(Math.max(...inside))
    return cells.map((cell, i) =>
        i === most || (cell.type === "free" && (inside[i] ?? 0) > 0.5)
            ? { type: "free", isGarbage: false, isLargestFree: true }
            : cell,
    )
}

/** The largest free block, the lowest of equals: the most one request can get. */
export function largestFreeBlock(blocks: readonly HeapBlock[]): HeapBlock | undefined {
    let largest: HeapBlock | undefined
    for (const block of blocks) {
        if (block.type === "free" && block.bytes > (largest?.bytes ?? 0)) largest = block
    }
    return largest
}

interface Filling {
    type: BlockType
    isGarbage: boolean
    bytes: number
}

function dominating(fillings: ReadonlyMap<string, Filling>): HeapCell {
    let most: Filling = { type: "free", isGarbage: false, bytes: 0 }
    for (const filling of fillings.values()) if (filling.bytes > most.bytes) most = filling
    return { type: most.type, isGarbage: most.isGarbage, isLargestFree: false }
}
