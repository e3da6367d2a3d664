import type { SimReport } from "../documents/sim-report"
import { excess, type Limit } from "./budgets"

export const CHECK_REPORT_SCHEMA = "heapscope/check-report@1"

/** What a run has to keep to. */
export interface Expectations {
    /** What it may take. */
    limits?: readonly Limit[]
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
export function checkRun(run: SimReport, { limits = [], untilText }: Expectations): Check {
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
    for (const limit of limits) {
        const message = excess(run, limit)
        if (message !== undefined) failures.push({ kind: "budget", message })
    }
    return { passed: failures.length === 0, failures, report }
}

/** All checks of one call. */
export function checkReport(checks: Check[]): CheckReport {
    return { schema: CHECK_REPORT_SCHEMA, passed: checks.every(({ passed }) => passed), checks }
}
