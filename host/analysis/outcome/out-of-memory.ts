import type { HeapFigures, HeldAt, Trend, Verdict } from "../../documents/sim-report"
import {
    formatBytes,
    formatBytesExact as bytes,
    formatCount,
    formatDuration,
    formatPercent,
} from "../../base/format-units"

/** What is known when a request for memory has failed. */
export interface OutOfMemory {
    heap: Pick<HeapFigures, "capacityBytes" | "liveBytes" | "freeBytes" | "largestFreeBytes">
    /** Size of the request that failed, header included. */
    requestedBytes: number
    trend: Trend
    /** Live bytes at the first collection or sample. */
    firstLiveBytes: number
    atMs: number
    /** The line of the program whose allocations hold the most live bytes. */
    heldAt: HeldAt | undefined
}

/** No single block can be larger (`DEVS_MAX_ALLOC` in the VM's `devs_objects.h`). Bytes. */
export const MAX_BLOCK_BYTES = 0xe000

/** Names the cause of running out of memory, and says in words what led to it. */
export function explainOutOfMemory(death: OutOfMemory): { verdict: Verdict; message: string } {
    const { heap, requestedBytes, trend, firstLiveBytes, atMs } = death
    const request = `The last request, ${bytes(requestedBytes)},`
    const hole =
        heap.freeBytes >= requestedBytes
            ? `${request} found no hole: ${bytes(heap.freeBytes)} were free, but in pieces of at most ${bytes(heap.largestFreeBytes)}.`
            : `${request} did not fit into the ${bytes(heap.freeBytes)} that were free.`
    const held = death.heldAt ? ` ${heldBy(death.heldAt, heap.liveBytes)}` : ""
    const grew = `Live memory grew from ${bytes(firstLiveBytes)} to ${bytes(heap.liveBytes)} in ${formatDuration(atMs)}`

    if (requestedBytes > Math.min(heap.capacityBytes, MAX_BLOCK_BYTES))
        return {
            verdict: "big-request",
            message:
                `One request of ${bytes(requestedBytes)} can never be met: ` +
                (requestedBytes > MAX_BLOCK_BYTES
                    ? `no block can be larger than ${bytes(MAX_BLOCK_BYTES)}.`
                    : `the whole heap has ${bytes(heap.capacityBytes)}.`),
        }
    if (trend.verdict === "growing" && heap.liveBytes >= 2 * firstLiveBytes)
        return {
            verdict: "leak",
            message: `${grew} and never came back down: ${formatBytes(trend.liveBytesPerHour)} an hour.${held} ${hole}`,
        }
    const rise = heap.liveBytes - firstLiveBytes
    const isSteady = rise < heap.capacityBytes / 4
    if (requestedBytes >= heap.capacityBytes / 2 || (isSteady && heap.freeBytes < requestedBytes))
        return {
            verdict: "big-request",
            message: `The program had ${bytes(heap.liveBytes)} of ${bytes(heap.capacityBytes)} in use and asked for a single block beside them. ${hole}`,
        }
    if (heap.freeBytes >= requestedBytes && isSteady)
        return {
            verdict: "fragmentation",
            message: `Only ${bytes(heap.liveBytes)} of ${bytes(heap.capacityBytes)} were live. ${hole}`,
        }
    return { verdict: "growth", message: `${grew}: more data than this heap holds.${held} ${hole}` }
}

function heldBy({ file, line, liveBytes, blocks }: HeldAt, allLiveBytes: number): string {
    const part = formatPercent(liveBytes / allLiveBytes)
    return `${bytes(liveBytes)} of it (${part}, ${formatCount(blocks)} blocks) were allocated at ${file}:${line}.`
}
