import type { Leak } from "../documents/leak"
import type { SimReport } from "../documents/sim-report"
import { formatBytesExact, formatCount } from "../base/format-units"

export const CHECK_REPORT_SCHEMA = "heapscope/check-report@1"

/** What a run has to keep to. */
export interface Expectations {
    /** The most that may be live at once, in bytes. */
    maxLiveBytes?: number
    /** Where that was said, to change it there. */
    maxLiveOf?: string
    /** The most of other figures, each with where that was said. */
    budgets?: readonly Budget[]
    /** A text the program has to print. */
    untilText?: string
    /** Containers that may grow, as leaks are named: somebody knows, and it ends or does not matter. */
    accept?: readonly string[]
}

/** A figure of a run that may have a budget, beside what is live. */
export type BudgetFigure = "boardTimeMs" | "calls" | "frameBytes" | "turn"

/** The most that a figure may be. */
export interface Budget {
    figure: BudgetFigure
    most: number
    /** Where that was said, to change it there. */
    of: string
}

/** How each is read off a run and told. */
const BUDGETED: Record<
    BudgetFigure,
    { name: string; value: (run: SimReport) => number; format: (value: number) => string }
> = {
    boardTimeMs: {
        name: "of board time",
        value: ({ boardTime }) => boardTime.ms,
        format: ms => `${formatCount(Math.ceil(ms))} ms`,
    },
    calls: {
        name: "calls open at once",
        value: ({ stack }) => stack.deepestCall,
        format: formatCount,
    },
    frameBytes: {
        name: "of call frames",
        value: ({ stack }) => stack.mostFrameBytes,
        format: formatBytesExact,
    },
    turn: {
        name: "instructions without waiting",
        value: ({ stack }) => stack.longestTurn,
        format: formatCount,
    },
}

/** Why a check fails: the program died or did not do what it was to, leaks, or takes too much. */
export interface CheckFailure {
    kind: "outcome" | "leak" | "budget"
    message: string
}

/** One program on one board. */
export interface Check {
    passed: boolean
    failures: CheckFailure[]
    /** What it was held against, beside that nothing dies or grows without an end. */
    expected: Expectations
    /** As `sim --leaks --json` gives it, without samples, with the last 200 lines of the log. */
    report: Omit<SimReport, "samples">
}

/** The document `check --json` prints. */
export interface CheckReport {
    schema: typeof CHECK_REPORT_SCHEMA
    passed: boolean
    checks: Check[]
    /** Somebody ended it: `checks` are those that were done, and nothing is said of the others. */
    interrupted?: true
}

/** Lines of its log that a check keeps: a day's is a megabyte, and `sim --json` has them all. */
const MAX_LINES = 200

function withLastLines({ samples: _, ...report }: SimReport): Check["report"] {
    const { log, logOmittedLines = 0 } = report
    const omitted = logOmittedLines + Math.max(0, log.length - MAX_LINES)
    return {
        ...report,
        log: log.slice(-MAX_LINES),
        ...(omitted > 0 && { logOmittedLines: omitted }),
    }
}

/** Holds a run against what was expected of it. */
export function checkRun(run: SimReport, expected: Expectations): Check {
    const { maxLiveBytes, maxLiveOf = "maxLive", untilText, accept = [] } = expected
    const { budgets = [] } = expected
    const report = withLastLines(run)
    const failures: CheckFailure[] = []
    const { kind, severity, headline } = report.judgement
    const isOfText = untilText !== undefined && report.outcome.kind !== "expected-text"
    if (kind === "leak" && report.outcome.kind !== "panicked")
        for (const leak of report.leaks ?? []) {
            const { path, filledAt } = leak
            if (isAccepted(leak, accept)) continue
            const where = filledAt ? `, filled at ${filledAt.file}:${filledAt.line}` : ""
            failures.push({ kind: "leak", message: `${path} never stops growing${where}` })
        }
    else if (severity === "bad") failures.push({ kind: "outcome", message: headline })
    if (isOfText && kind !== "wrong-text")
        failures.push({ kind: "outcome", message: `never printed ${JSON.stringify(untilText)}` })
    const { highWaterLiveBytes } = report.heap
    if (maxLiveBytes !== undefined && highWaterLiveBytes > maxLiveBytes)
        failures.push({
            kind: "budget",
            message:
                `${formatBytesExact(highWaterLiveBytes)} high-water live, ` +
                `${formatBytesExact(highWaterLiveBytes - maxLiveBytes)} over the ${formatBytesExact(maxLiveBytes)} of ${maxLiveOf}`,
        })
    for (const { figure, most, of } of budgets) {
        const { name, value, format } = BUDGETED[figure]
        const is = value(run)
        if (is > most)
            failures.push({
                kind: "budget",
                message: `${format(is)} ${name}, ${format(is - most)} over the ${format(most)} of ${of}`,
            })
    }
    return { passed: failures.length === 0, failures, expected, report }
}

/** Whether a container may grow, by any of its names. */
export function isAccepted({ path, alongside }: Leak, accept: readonly string[]): boolean {
    return [path, ...alongside].some(name => accept.includes(name))
}

/** All checks of one call. One that was ended before all were done is not passed. */
export function checkReport(checks: Check[], isInterrupted = false): CheckReport {
    const passed = !isInterrupted && checks.every(check => check.passed)
    return {
        schema: CHECK_REPORT_SCHEMA,
        passed,
        checks,
        ...(isInterrupted && { interrupted: true }),
    }
}
