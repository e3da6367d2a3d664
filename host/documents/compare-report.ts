import type { LogLine, SimReport } from "./sim-report"

export const COMPARE_REPORT_SCHEMA = "heapscope/compare-report@1"

/** Two runs side by side: what `heapscope compare --json` prints. */
export interface CompareReport {
    schema: typeof COMPARE_REPORT_SCHEMA
    a: RunSummary
    b: RunSummary
    /** In the order of `METRIC_NAMES`. */
    rows: CompareRow[]
    /**
     * Whether the programs logged the same, times, the VM's own lines and what a report leaves out
     * aside.
     */
    sameLog: boolean
    firstLogDifference?: LogDifference
}

/** One run without its bulk and without what differs from run to run. */
export type RunSummary = Pick<
    SimReport,
    | "program"
    | "board"
    | "vm"
    | "simulated"
    | "outcome"
    | "judgement"
    | "heap"
    | "gc"
    | "boardTime"
    | "stack"
    | "trend"
>

/** One figure of both runs. `null` stands for no value: a run that did not die has no time of death. */
export interface CompareRow {
    metric: MetricName
    unit: MetricUnit
    a: number | null
    b: number | null
    /** b - a. */
    difference: number | null
    /** b / a; null against zero. */
    ratio: number | null
}

export type MetricUnit =
    | "bytes"
    | "bytes-per-second"
    | "bytes-per-hour"
    | "ms"
    | "count"
    | "per-second"
    | "share"

/** The programs' logs differ from `index` on (from 0); a missing side has ended. */
export interface LogDifference {
    index: number
    a?: LogLine
    b?: LogLine
}

/** The figures that are compared, in their order. */
export const METRIC_NAMES = [
    "time to death",
    "live",
    "most live",
    "used",
    "most used",
    "largest hole",
    "fragmentation",
    "blocks",
    "live trend",
    "collections",
    "allocations",
    "allocated",
    "allocation rate",
    "churn",
    "board time",
    "board load",
    "deepest call",
    "most of frames",
    "longest turn",
    "bytecode",
] as const

export type MetricName = (typeof METRIC_NAMES)[number]
