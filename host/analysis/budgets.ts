import { formatBytesExact, formatCount } from "../base/format-units"
import type { BudgetName } from "../documents/config"
import { ranMs, type SimReport } from "../documents/sim-report"

/** A figure of a run that may be held to a limit. */
interface Budget {
    /** What it is, after its value. */
    text: string
    /** Whether the limit is the most or the least that it may be. */
    bound: "most" | "least"
    unit: "bytes" | "count"
    of(report: SimReport): number
}

/** Each by its name in a configuration's `budgets`. */
export const BUDGETS: Record<BudgetName, Budget> = {
    live: {
        ...{ text: "high-water live", bound: "most", unit: "bytes" },
        of: ({ heap }) => heap.highWaterLiveBytes,
    },
    used: {
        ...{ text: "high-water used", bound: "most", unit: "bytes" },
        of: ({ heap }) => heap.highWaterUsedBytes,
    },
    largestFree: {
        ...{ text: "largest free block at the end", bound: "least", unit: "bytes" },
        of: ({ heap }) => heap.largestFreeBytes,
    },
    churn: {
        ...{ text: "allocated a second", bound: "most", unit: "bytes" },
        of: report => rounded(report.gc.allocatedBytes, report, 1000),
    },
    allocations: {
        ...{ text: "allocations a second", bound: "most", unit: "count" },
        of: report => rounded(report.gc.allocations, report, 1000),
    },
    collections: {
        ...{ text: "collections a minute", bound: "most", unit: "count" },
        of: report => rounded(report.gc.collections, report, 60_000),
    },
    bytecode: {
        ...{ text: "bytecode", bound: "most", unit: "bytes" },
        of: ({ program }) => program.bytecodeBytes,
    },
}

/** A limit on a figure, and where it was said, to change it there. */
export interface Limit {
    budget: BudgetName
    limit: number
    where: string
}

/** By how much a run is beyond a limit, in words. @returns undefined when it keeps to it */
export function excess(report: SimReport, { budget, limit, where }: Limit): string | undefined {
    const { text, bound, unit, of } = BUDGETS[budget]
    const value = of(report)
    const over = bound === "most" ? value - limit : limit - value
    if (over <= 0) return undefined
    const shown = unit === "bytes" ? formatBytesExact : formatCount
    const side = bound === "most" ? "over" : "under"
    return `${shown(value)} ${text}, ${shown(over)} ${side} the ${shown(limit)} of ${where}`
}

/** How much in so long, rounded up: what is a little over a limit is over it. */
function rounded(amount: number, report: SimReport, perMs: number): number {
    return Math.ceil((amount * perMs) / Math.max(1, ranMs(report)))
}
