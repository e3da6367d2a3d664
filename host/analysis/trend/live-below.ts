import type { ProbeCycle } from "./probe-cycles"

/** Half a report's time before the collection the last probe came. */
const HALF_REPORT = 0.5

/**
 * What is live below the last probe of a cycle, as a share of the heap: all that lies there but what was allocated
 * since the collection, and the next one comes after a quarter of the heap.
 */
export function liveBelow({ topBytes, reports }: ProbeCycle, capacityBytes: number): number {
    return topBytes / capacityBytes - (1 - HALF_REPORT / reports) / 4
}
