import { findRun, type Baseline } from "../documents/check/baseline"
import { readFigures } from "../documents/check/figures"
import {
    CHECK_REPORT_SCHEMA,
    type Check,
    type CheckFailure,
    type CheckReport,
    type Expectations,
    type Measurement,
    type Shard,
} from "../documents/check/report"
import type { Leak } from "../documents/leak"
import { ranMs } from "../documents/sim-report"
import { budgetFailure, judgeBudgets, raisedWithoutReason } from "./budgets/judge-budgets"
import { compareRuns, partsOf } from "./budgets/compare-runs"

/** Lines of its log that a check keeps: a day's is a megabyte, and `sim --json` has them all. */
const MAX_LINES = 200

function withLastLines(report: Check["report"]): Check["report"] {
    const { log, logOmittedLines = 0 } = report
    const omitted = logOmittedLines + Math.max(0, log.length - MAX_LINES)
    return {
        ...report,
        log: log.slice(-MAX_LINES),
        ...(omitted > 0 && { logOmittedLines: omitted }),
    }
}

/**
 * Holds a run against what was expected of it, and against what it took before.
 * @param baseline what programs took before, if that is known
 */
export function checkRun(
    measurement: Measurement,
    expected: Expectations,
    baseline?: Baseline,
): Check {
    const { measured, parts, deadHeapBytes } = measurement
    const { budgets = [] } = expected
    const report = withLastLines(measured.report)
    const figures = readFigures(measured)
    const { structures, liveOverTime } = measured
    const known = baseline && findRun(baseline, report)
    const change = baseline && compareRuns(baseline, measurement, expected)
    const isComparable = change?.because === undefined && !baseline?.isReplaced
    const before = isComparable ? known : undefined
    const results = judgeBudgets(budgets, {
        ...{ figures, structures, before },
        against: baseline?.name,
    })
    const failures = [...runFailures(report, expected), ...raisedWithoutReason(budgets, known)]
    const warnings: CheckFailure[] = []
    for (const result of results) {
        if (result.over === 0) continue
        const { figure, of, level } = result
        const isOfRun = figure !== "highWaterMark" && figure !== "refused"
        const failure = budgetFailure(
            result,
            budgets.find(budget => budget.of === of && budget.figure === figure),
            {
                change: change?.figures.find(one => one.figure === figure),
                parts: isOfRun ? partsOf(figure, { parts, ranMs: ranMs(report) }) : undefined,
            },
        )
        ;(level === "error" ? failures : warnings).push(failure)
    }
    return {
        passed: failures.length === 0,
        ...{ failures, warnings, expected, figures, structures, budgets: results, parts },
        liveOverTime,
        ...(deadHeapBytes && { deadHeapBytes }),
        ...(change && { change }),
        report,
    }
}

/** What is wrong with a run, whatever it takes. */
function runFailures(report: Check["report"], expected: Expectations): CheckFailure[] {
    const { untilText, accept = [] } = expected
    const failures: CheckFailure[] = []
    const { kind, severity, headline, at } = report.judgement
    const isOfText = untilText !== undefined && report.outcome.kind !== "expected-text"
    if (kind === "leak" && report.outcome.kind !== "panicked")
        for (const leak of report.leaks ?? []) {
            const { path, filledAt } = leak
            if (isAccepted(leak, accept)) continue
            const where = filledAt ? `, filled at ${filledAt.file}:${filledAt.line}` : ""
            failures.push({
                kind: "leak",
                message: `${path} never stops growing${where}`,
                ...(filledAt && placeOf(filledAt, `fills ${path}, which never stops growing`)),
            })
        }
    else if (severity === "bad")
        failures.push({ kind: "outcome", message: headline, ...(at && placeOf(at, headline)) })
    if (isOfText && kind !== "wrong-text")
        failures.push({ kind: "outcome", message: `never printed ${JSON.stringify(untilText)}` })
    return failures
}

function placeOf({ file, line }: { file: string; line: number }, message: string) {
    return { places: [{ file, line, message }] }
}

/** Whether a container may grow, by any of its names. */
export function isAccepted({ path, alongside }: Leak, accept: readonly string[]): boolean {
    return [path, ...alongside].some(name => accept.includes(name))
}

/** All checks of one call. One that was ended before all were done is not passed. */
export function checkReport(
    checks: Check[],
    { isInterrupted = false, shard, vanished = [], planned }: ReportFacts = {},
): CheckReport {
    const passed = !isInterrupted && checks.every(check => check.passed)
    return {
        schema: CHECK_REPORT_SCHEMA,
        ...{ passed, checks },
        ...(shard && { shard }),
        ...(vanished.length > 0 && { vanished }),
        ...(isInterrupted && { interrupted: true }),
        ...(isInterrupted && planned !== undefined && { planned }),
    }
}

/** What there is to say of checks beside themselves. */
export interface ReportFacts {
    isInterrupted?: boolean
    shard?: Shard | undefined
    /** What the baseline has and was not checked. */
    vanished?: string[]
    /** How many checks there were to be. */
    planned?: number
}
