import { addCost, metricOf, noCost, type Cost, type Metric } from "../../../documents/cost"
import type { Allocated } from "../../../model/allocated"

/** A source, and what its lines are charged with, by number. */
export interface FileCosts {
    file: string
    total: Cost
    lines: Map<number, Cost>
}

/**
 * What each line of the program allocated: libraries' allocations are charged to the line that called
 * them. The most first.
 */
export function costsByLine({ calls, paths }: Allocated, by: Metric): FileCosts[] {
    const files = new Map<string, FileCosts>()
    for (const path of paths) {
        const own = path.calls.map(index => calls[index]!).find(({ library }) => !library)
        if (!own?.at) continue
        const { file, line } = own.at
        const costs = files.get(file) ?? { file, total: noCost(), lines: new Map<number, Cost>() }
        files.set(file, costs)
        addCost(costs.total, path)
        const charged = costs.lines.get(line) ?? noCost()
        costs.lines.set(line, charged)
        addCost(charged, path)
    }
    return [...files.values()].sort((a, b) => metricOf(b.total, by) - metricOf(a.total, by))
}
