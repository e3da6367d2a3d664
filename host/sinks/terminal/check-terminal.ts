import type { Check } from "../../analysis/check"
import { renderJudgement } from "./judgement-terminal"
import { renderLeaks } from "./leaks-terminal"
import { sanitize } from "../../base/sanitize"
import type { Style } from "./text/style"
import { fitEnd, flow, indent, wrap } from "./text/text-layout"
import {
    formatBytesExact,
    formatCount,
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
    const isWarning = passed && report.judgement.severity === "warning"
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
        ...(report.leaks?.length ? [renderLeaks(report, inner)] : []),
        ...wrongs.map(line => c.red(line)),
        ...(severity === "good" ? [] : [renderJudgement(report.judgement, undefined, inner)]),
    ]
    return `${c.bold(title)}\n${indent.lines(sections.join("\n"), inner)}`
}

/** How it went altogether. */
export function renderCheckSum(checks: readonly Check[], { colors: c }: Style): string {
    const passed = checks.filter(check => check.passed).length
    const text = `${formatCount(passed)} of ${formatCount(checks.length)} checks passed`
    return c.bold(passed === checks.length ? c.green(text) : c.red(text))
}
