import type { Check } from "../../analysis/check"
import type { Judgement } from "../../documents/judgement"
import { renderJudgement } from "./judgement-terminal"
import { renderLeaks } from "./leaks-terminal"
import { sanitize } from "../../base/sanitize"
import type { Style } from "./text/style"
import { fit, fitEnd, flow, indent, wrap } from "./text/text-layout"
import {
    formatBytesExact,
    formatCount,
    formatCountOf,
    formatDuration,
    formatPercent,
} from "../../base/format-units"
import { ranMs } from "../../documents/sim-report"

/** One check for a terminal: passed or what is wrong, then the figures, then why. */
export function renderCheck(check: Check, style: Style): string {
    const { passed, failures, report } = check
    const { colors: c } = style
    const inner = indent.narrow(style)
    const board = ` on ${sanitize(report.board.id)}`
    const name = fitEnd(sanitize(report.program.entry), style.width - board.length - 2) + board
    const isWarning = passed && report.judgement.severity !== "good"
    const title = isWarning
        ? c.yellow(`! ${name}`)
        : passed
          ? c.green(`✓ ${name}`)
          : c.red(`✗ ${name}`)
    const { severity } = report.judgement
    const wrongs = failures
        // The judgement comes in full below.
        .filter(({ kind }) => kind === "budget")
        .flatMap(({ message }) => wrap(sanitize(message), inner.width))
    const { heap } = report
    const figures = [
        `${formatBytesExact(heap.highWaterLiveBytes)} high-water live (${formatPercent(heap.highWaterLiveBytes / heap.capacityBytes)} of the heap)`,
        `ran ${formatDuration(ranMs(report))}`,
    ]
    const sections = [
        c.dim(flow(figures, inner.width, " · ")),
        ...(report.leaks?.length ? [renderLeaks(report, inner, check.expected.accept)] : []),
        ...wrongs.map(line => c.red(line)),
        ...(severity === "good" ? [] : [renderJudgement(judgementOf(check), undefined, inner)]),
    ]
    return `${c.bold(title)}\n${indent.lines(sections.join("\n"), inner)}`
}

/** What a run comes to here: of growth that somebody accepted, a warning at most. */
function judgementOf({ passed, expected, report: { judgement } }: Check): Judgement {
    if (!passed || judgement.severity !== "bad") return judgement
    return {
        ...judgement,
        severity: "warning",
        headline: `accepted: ${judgement.headline}`,
        evidence: [`Accepted by name: ${expected.accept?.join(", ")}.`, ...judgement.evidence],
    }
}

/** Failed checks named once more at the end: with them, all of it fits into a small terminal. */
const MAX_FAILED = 8

/**
 * How it went altogether, and once more what failed, as its own lines may have left the screen.
 * @param planned how many checks there were to be
 */
export function renderCheckSum(checks: readonly Check[], planned: number, style: Style): string {
    const { colors: c, width } = style
    const failed = checks.filter(check => !check.passed)
    const passed = checks.length - failed.length
    const isDone = checks.length === planned
    const text = isDone
        ? `${formatCount(passed)} of ${formatCountOf(planned, "check")} passed`
        : `stopped by you: ${formatCount(checks.length)} of ${formatCountOf(planned, "check")} done, ${formatCount(passed)} passed`
    const color = failed.length > 0 ? c.red : isDone ? c.green : c.yellow
    const named = failed
        .slice(0, MAX_FAILED)
        .map(({ report: { program, board, judgement } }) =>
            fit(`✗ ${sanitize(`${program.entry} on ${board.id}: ${judgement.headline}`)}`, width),
        )
    const more = failed.length - named.length
    const [first] = failed
    const next = isDone ? first?.report.judgement.next : undefined
    return [
        ...named.map(line => c.red(line)),
        ...(more > 0 ? [c.red(`… and ${formatCount(more)} more`)] : []),
        c.bold(color(text)),
        ...(next
            ? wrap(`next: ${sanitize(next.command)}   (${next.why})`, width).map(line =>
                  c.bold(line),
              )
            : []),
    ].join("\n")
}
