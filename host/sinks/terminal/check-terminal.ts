import type { Check } from "../../analysis/check"
import { renderLeaks } from "./leaks-terminal"
import { sanitize } from "../../base/sanitize"
import type { Style } from "./style"
import { fitEnd, flow, indent, wrap } from "./text-layout"
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
    const title = passed ? c.green(`✓ ${name}`) : c.red(`✗ ${name}`)
    const wrongs = failures
        // The leaks come in full below.
        .filter(({ kind }) => kind !== "leak")
        .flatMap(({ message }) => wrap(sanitize(message), inner.width))
    const { heap } = report
    const figures = [
        `${formatBytesExact(heap.highWaterLiveBytes)} live at most (${formatPercent(heap.highWaterLiveBytes / heap.capacityBytes)} of the heap)`,
        `ran ${formatDuration(ranMs(report))}`,
        report.leaks?.length ? "leaks" : "no leak seen",
    ]
    const sections = [
        ...wrongs.map(line => c.red(line)),
        c.dim(flow(figures, inner.width, " · ")),
        ...explain(check, inner),
    ]
    return `${c.bold(title)}\n${indent.lines(sections.join("\n"), inner)}`
}

function explain({ report }: Check, style: Style): string[] {
    const { outcome, leaks } = report
    const [innermost] = outcome.stack ?? []
    return [
        ...wrap(sanitize(outcome.message ?? ""), style.width),
        ...(innermost
            ? wrap(`at ${sanitize(`${innermost.file}:${innermost.line}`)}`, style.width)
            : []),
        ...(leaks?.length ? [renderLeaks(report, style)] : []),
    ]
}

/** How it went altogether. */
export function renderCheckSum(checks: readonly Check[], { colors: c }: Style): string {
    const passed = checks.filter(check => check.passed).length
    const text = `${formatCount(passed)} of ${formatCount(checks.length)} checks passed`
    return c.bold(passed === checks.length ? c.green(text) : c.red(text))
}
