/** What some place of a program allocated over a run, and what of that is still live at its end. */
export interface Cost {
    /** Bytes allocated, block headers included. */
    bytes: number
    allocations: number
    liveBytes: number
    liveBlocks: number
    /** Of what was allocated: what was dropped within so many allocations. Only where that was looked for. */
    temporaryBytes?: number
    temporaryBlocks?: number
}

export function noCost(): Cost {
    return { bytes: 0, allocations: 0, liveBytes: 0, liveBlocks: 0 }
}

/** Adds `cost` to `sum`. */
export function addCost(sum: Cost, cost: Cost): void {
    sum.bytes += cost.bytes
    sum.allocations += cost.allocations
    sum.liveBytes += cost.liveBytes
    sum.liveBlocks += cost.liveBlocks
    if (cost.temporaryBytes === undefined) return
    sum.temporaryBytes = (sum.temporaryBytes ?? 0) + cost.temporaryBytes
    sum.temporaryBlocks = (sum.temporaryBlocks ?? 0) + (cost.temporaryBlocks ?? 0)
}

/** What a profile is sorted by, and what its pictures are sized by. */
export const METRICS = ["allocated", "live", "count"] as const
/** `temporary` only where that was looked for. */
export type Metric = (typeof METRICS)[number] | "temporary"

/** What a profile's lines and functions are sorted by: a figure of what they allocated, or their time. */
export const ORDERS = [...METRICS, "temporary", "time"] as const
export type Order = (typeof ORDERS)[number]

/** The figure of a cost that a metric is about: bytes, live bytes, allocations or temporary bytes. */
export function metricOf(cost: Cost, by: Metric): number {
    const { bytes: allocated, liveBytes: live, allocations: count, temporaryBytes = 0 } = cost
    return { allocated, live, count, temporary: temporaryBytes }[by]
}

/** Sorts by a metric, what is equal by the other figures and at last by name: the order is fixed. */
export function heaviestFirst<T>(
    items: Iterable<T>,
    by: Metric,
    costOf: (item: T) => Cost,
    nameOf: (item: T) => string,
): T[] {
    return [...items].sort((a, b) => {
        const [x, y] = [costOf(a), costOf(b)]
        return (
            metricOf(y, by) - metricOf(x, by) ||
            y.bytes - x.bytes ||
            y.allocations - x.allocations ||
            compareText(nameOf(a), nameOf(b))
        )
    })
}

/** By code unit, the same on every machine. */
function compareText(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0
}
