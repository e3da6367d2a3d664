import { availableParallelism, loadavg } from "node:os"

/**
 * What something may take by the clock while others want the processors too.
 * @param ms on a machine that does nothing else
 * @returns as many times more as there is work waiting for each processor, over the last minute
 */
export function underLoad(ms: number): number {
    return ms * Math.max(1, loadavg()[0]! / availableParallelism())
}
