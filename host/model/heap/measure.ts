import type { HeapFigures } from "../figures"
import type { HeapMemory } from "./heap-memory"
import { fragmentation, heapStats, statsByType } from "./stats"

/**
 * The figures of a heap at one moment.
 * @param liveBytes what marking it found
 * @param highWater the most there ever was, as far as anybody looked
 * @throws HeapError when the heap is corrupted
 */
export function measureHeap(
    heap: HeapMemory,
    liveBytes: number,
    highWater: Pick<HeapFigures, "highWaterUsedBytes" | "highWaterLiveBytes">,
): HeapFigures {
    const stats = heapStats(heap)
    return {
        capacityBytes: stats.capacityBytes,
        usedBytes: stats.usedBytes,
        liveBytes,
        freeBytes: stats.freeBytes,
        largestFreeBytes: stats.largestFreeBytes,
        fragmentation: fragmentation(stats),
        blocks: stats.blocks,
        freeBlocks: stats.freeBlocks,
        highWaterUsedBytes: highWater.highWaterUsedBytes,
        highWaterLiveBytes: highWater.highWaterLiveBytes,
        byType: statsByType(heap),
    }
}
