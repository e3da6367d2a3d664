import { formatDuration } from "../../base/format-units"
import type { Check, CheckFailure } from "../../documents/check/report"
import { ranMs } from "../../documents/sim-report"
import { safeXml } from "../svg/svg"
import type { FoundByCheck } from "./found-by-check"

/** A check as JUnit XML: a suite for each program, a case for each board. Times are real ones, in seconds. */
export function checkJunit({ report: { checks } }: FoundByCheck): string {
    const byProgram = new Map<string, Check[]>()
    for (const check of checks) {
        const { entry } = check.report.program
        byProgram.set(entry, [...(byProgram.get(entry) ?? []), check])
    }
    const suites = [...byProgram].map(([entry, ofProgram]) =>
        [
            `  <testsuite name="${safeXml(entry)}" ${counts(ofProgram)} skipped="0">`,
            ...ofProgram.map(testCase),
            "  </testsuite>",
        ].join("\n"),
    )
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="heapscope check" ${counts(checks)}>`,
        ...suites,
        "</testsuites>\n",
    ].join("\n")
}

function counts(checks: readonly Check[]): string {
    const failed = checks.filter(check => !check.passed).length
    const ms = checks.reduce((sum, { report }) => sum + report.wall.ms, 0)
    return `tests="${checks.length}" failures="${failed}" errors="0" time="${seconds(ms)}"`
}

function testCase({ report, failures, warnings }: Check): string {
    const { program, board, wall } = report
    const head = `name="${safeXml(board.id)}" classname="${safeXml(program.entry)}" time="${seconds(wall.ms)}"`
    const told = warnings.map(({ message }) => `warning: ${message}`)
    const output = [...told, `ran ${formatDuration(ranMs(report))} of simulated time`]
    return [
        `    <testcase ${head}>`,
        ...failures.map(failureOf),
        `      <system-out>${output.map(safeXml).join("\n")}</system-out>`,
        "    </testcase>",
    ].join("\n")
}

function failureOf({ kind, message, places = [] }: CheckFailure): string {
    const body = [message, ...places.map(place => `  ${place.message}`)].map(safeXml).join("\n")
    return `      <failure message="${safeXml(message)}" type="${kind}">${body}</failure>`
}

function seconds(ms: number): string {
    return (ms / 1000).toFixed(3)
}
