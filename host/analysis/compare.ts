import { ratio } from "../base/ratio"
import {
    COMPARE_REPORT_SCHEMA,
    METRIC_NAMES,
    type CompareReport,
    type CompareRow,
    type LogDifference,
    type MetricName,
    type MetricUnit,
    type RunSummary,
} from "../documents/compare-report"
import { ranMs, type LogLine, type SimReport } from "../documents/sim-report"

/** A figure that can be compared. */
export interface Metric {
    unit: MetricUnit
    /** What a screen calls it, where that is not its name. */
    label?: string
    /** Which direction is better; `null` when neither is. */
    better: "lower" | "higher" | null
    /** Adds up over the run: only comparable between runs of the same length. */
    isTotal?: boolean
    value: (run: RunSummary) => number | null
}

const perSecond = (run: RunSummary, total: number): number | null =>
    ranMs(run) > 0 ? (total / ranMs(run)) * 1000 : null

/** How each figure is read off a run. */
export const METRICS: Record<MetricName, Metric> = {
    "time to death": { unit: "ms", better: "higher", value: timeToDeath },
    live: { unit: "bytes", better: "lower", value: run => run.heap.liveBytes },
    "most live": {
        label: "high-water live",
        unit: "bytes",
        better: "lower",
        value: run => run.heap.highWaterLiveBytes,
    },
    used: { unit: "bytes", better: null, value: run => run.heap.usedBytes },
    "most used": {
        label: "high-water used",
        unit: "bytes",
        better: "lower",
        value: run => run.heap.highWaterUsedBytes,
    },
    "largest hole": {
        label: "largest free block",
        unit: "bytes",
        better: "higher",
        value: run => run.heap.largestFreeBytes,
    },
    fragmentation: { unit: "share", better: "lower", value: run => run.heap.fragmentation },
    blocks: { unit: "count", better: "lower", value: run => run.heap.blocks },
    "live trend": {
        unit: "bytes-per-hour",
        better: "lower",
        value: run => run.trend.liveBytesPerHour,
    },
    collections: {
        unit: "count",
        better: "lower",
        isTotal: true,
        value: run => run.gc.collections,
    },
    allocations: {
        unit: "count",
        better: "lower",
        isTotal: true,
        value: run => run.gc.allocations,
    },
    allocated: {
        unit: "bytes",
        better: "lower",
        isTotal: true,
        value: run => run.gc.allocatedBytes,
    },
    "allocation rate": {
        unit: "per-second",
        better: "lower",
        value: run => perSecond(run, run.gc.allocations),
    },
    churn: {
        unit: "bytes-per-second",
        better: "lower",
        value: run => perSecond(run, run.gc.allocatedBytes),
    },
    "board time": {
        unit: "ms",
        better: "lower",
        isTotal: true,
        value: run => run.boardTime.ms,
    },
    "board load": {
        unit: "share",
        better: "lower",
        value: run => (ranMs(run) > 0 ? run.boardTime.ms / ranMs(run) : null),
    },
    "deepest call": { unit: "count", better: "lower", value: run => run.stack.deepestCall },
    "most of frames": {
        label: "high-water frames",
        unit: "bytes",
        better: "lower",
        value: run => run.stack.mostFrameBytes,
    },
    "longest turn": { unit: "count", better: "lower", value: run => run.stack.longestTurn },
    bytecode: { unit: "bytes", better: "lower", value: run => run.program.bytecodeBytes },
}

/** Compares two runs: every figure with its difference (b - a) and ratio (b / a), and the logs. */
export function compareReports(a: SimReport, b: SimReport): CompareReport {
    const runA = summary(a)
    const runB = summary(b)
    const difference = firstLogDifference(programLog(a), programLog(b))
    return {
        schema: COMPARE_REPORT_SCHEMA,
        a: runA,
        b: runB,
        rows: METRIC_NAMES.map(name => compareMetric(name, runA, runB)),
        sameLog: difference === undefined && (a.logOmittedLines ?? 0) === (b.logOmittedLines ?? 0),
        ...(difference === undefined ? {} : { firstLogDifference: difference }),
    }
}

function timeToDeath(run: RunSummary): number | null {
    return run.outcome.kind === "panicked" ? ranMs(run) : null
}

function compareMetric(metric: MetricName, runA: RunSummary, runB: RunSummary): CompareRow {
    const { unit, value } = METRICS[metric]
    const a = value(runA)
    const b = value(runB)
    const both = a !== null && b !== null
    return {
        metric,
        unit,
        a,
        b,
        difference: both ? b - a : null,
        ratio: both ? ratio(b, a) : null,
    }
}

function summary(report: SimReport): RunSummary {
    const { program, board, vm, simulated, outcome, judgement, heap, gc, trend } = report
    const { boardTime, stack } = report
    return {
        ...{ program, board, vm, simulated, outcome, judgement, heap, gc },
        ...{ boardTime, stack, trend },
    }
}

/** The VM's own lines speak of the heap, so they differ between any two programs. */
function programLog(report: SimReport): LogLine[] {
    return report.log.filter(line => line.level !== "runtime")
}

function firstLogDifference(
    a: readonly LogLine[],
    b: readonly LogLine[],
): LogDifference | undefined {
    for (let index = 0; index < Math.max(a.length, b.length); index++) {
        const lineA = a[index]
        const lineB = b[index]
        if (lineA?.level === lineB?.level && lineA?.text === lineB?.text) continue
        return {
            index,
            ...(lineA === undefined ? {} : { a: lineA }),
            ...(lineB === undefined ? {} : { b: lineB }),
        }
    }
    return undefined
}
