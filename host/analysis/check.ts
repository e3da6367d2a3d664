import type { SimReport } from "../documents/sim-report"
import { formatBytesExact } from "../base/format-units"

export const CHECK_REPORT_SCHEMA = "heapscope/check-report@1"

/** What a run has to keep to. */
export interface Expectations {
    /** The most that may be live at once, in bytes. */
    maxLiveBytes?: number
    /** Where that was said, to change it there. */
    maxLiveOf?: string
    /** A text the program has to print. */
    untilText?: string
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
    /** As `sim --leaks --json` gives it, without samples. */
    report: Omit<SimReport, "samples">
}

/** The document `check --json` prints. */
export interface CheckReport {
    schema: typeof CHECK_REPORT_SCHEMA
    passed: boolean
    checks: Check[]
}

/** Holds a run against what was expected of it. */
export function checkRun(
    run: SimReport,
    { maxLiveBytes, maxLiveOf = "maxLive", untilText }: Expectations,
): Check {
    const { samples: _, ...report } = run
    const failures: CheckFailure[] = []
    const { kind, severity, headline } = report.judgement
    const isOfText = untilText !== undefined && report.outcome.kind !== "expected-text"
    if (kind === "leak" && report.outcome.kind !== "panicked")
        for (const { path, filledAt } of report.leaks ?? []) {
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
    return { passed: failures.length === 0, failures, report }
}

/** All checks of one call. */
export function checkReport(checks: Check[]): CheckReport {
    return { schema: CHECK_REPORT_SCHEMA, passed: checks.every(({ passed }) => passed), checks }
}
