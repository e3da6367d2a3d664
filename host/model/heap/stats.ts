import type { HeapBlock } from "./block"
import { capacityOf, type HeapMemory } from "./heap-memory"
import { blockWords, endOf, TAG_FREE, TAG_PINNED, TAG_TYPE, typeOf, walkHeap } from "./walk"

/** What one walk over the heap tells. Bytes count whole blocks, headers included. */
export interface HeapStats {
    capacityBytes: number
    usedBytes: number
    freeBytes: number
    largestFreeBytes: number
    /** All blocks, free ones included: what the VM's `stats:` line calls objects. */
    blocks: number
    freeBlocks: number
}

/** @param pinned gets the addresses of the blocks that are pinned, in order, after what it holds */
export function heapStats(heap: HeapMemory, pinned?: number[]): HeapStats {
    const stats: HeapStats = {
        capacityBytes: capacityOf(heap),
        usedBytes: 0,
        freeBytes: 0,
        largestFreeBytes: 0,
        blocks: 0,
        freeBlocks: 0,
    }
    const { words, start, origin } = heap
    const end = endOf(heap)
    for (let at = (start - origin) >>> 2; at < end;) {
        const size = blockWords(heap, at, end)
        const tag = words[at]! >>> 24
        stats.blocks++
        if (tag === TAG_FREE) {
            stats.freeBlocks++
            stats.freeBytes += size * 4
            if (size * 4 > stats.largestFreeBytes) stats.largestFreeBytes = size * 4
        } else if (tag & TAG_PINNED) pinned?.push(origin + at * 4)
        at += size
    }
    stats.usedBytes = stats.capacityBytes - stats.freeBytes
    return stats
}

/** 1 - largest free / free: 0 when all free bytes are one block, near 1 when they lie in small pieces. */
export function fragmentation(stats: Pick<HeapStats, "freeBytes" | "largestFreeBytes">): number {
    return stats.freeBytes === 0 ? 0 : 1 - stats.largestFreeBytes / stats.freeBytes
}

/**
 * The same as a collection would leave it: only what is live is in the way.
 * @param blocks of a marked heap, in order of address
 */
export function collectedFragmentation(
    blocks: Iterable<Pick<HeapBlock, "bytes" | "live">>,
): number {
    let [freeBytes, largestFreeBytes, hole] = [0, 0, 0]
    for (const { live, bytes } of blocks) {
        hole = live ? 0 : hole + bytes
        if (!live) freeBytes += bytes
        largestFreeBytes = Math.max(largestFreeBytes, hole)
    }
    return fragmentation({ freeBytes, largestFreeBytes })
}

/** Used blocks and bytes by type, largest first. */
export function statsByType(heap: HeapMemory): Record<string, { blocks: number; bytes: number }> {
    const byTag = Array.from({ length: TAG_TYPE + 1 }, (_, tag) => ({ tag, blocks: 0, bytes: 0 }))
    walkHeap(heap, (_address, bytes, tag) => {
        const entry = byTag[tag & TAG_TYPE]!
        entry.blocks++
        entry.bytes += bytes
    })
    return Object.fromEntries(
        byTag
            .filter(entry => entry.blocks > 0 && entry.tag !== TAG_FREE)
            .sort((a, b) => b.bytes - a.bytes || a.tag - b.tag)
            .map(({ tag, blocks, bytes }) => [typeOf(tag), { blocks, bytes }]),
    )
}
