import type { SampleEvent } from "../../model/events"

/**
 * One estimate in twenty is off by more than it states, and those of one program are off alike: a median of
 * them may be, too. So much more is allowed for before a difference is told.
 */
const MARGIN = 1.25

/**
 * By how much a sample's figures may be off to either side, in bytes, when recordings are compared: nothing,
 * where it is exact. An estimate states the error of its used and its live bytes, in older recordings of
 * used ones alone: live ones were off by up to twice as much. Of largest free blocks an eighth of the heap
 * more was enough for 9 of 10 (test/vm/agent-estimate.test.ts measures it).
 */
export function errorsOf(
    { estimate }: Pick<SampleEvent, "estimate">,
    heapBytes: number,
): { used: number; live: number; largestFree: number } {
    if (!estimate) return { used: 0, live: 0, largestFree: 0 }
    const { errorBytes, liveErrorBytes = 2 * errorBytes } = estimate
    return {
        used: MARGIN * errorBytes,
        live: MARGIN * liveErrorBytes,
        largestFree: errorBytes + heapBytes / 8,
    }
}
