import { isAccepted } from "../../analysis/check"
import { isLongEnoughForLeaks } from "../../analysis/leaks/sampling-times"
import { leakItems, type Leak } from "../../documents/leak"
import { sanitize } from "../../base/sanitize"
import type { SimReport, StackFrame } from "../../documents/sim-report"
import type { Style } from "./text/style"
import { wrap } from "./text/text-layout"
import {
    formatBytes,
    formatBytesExact,
    formatCount,
    formatCountOf,
    formatDuration,
} from "../../base/format-units"
import { deathText } from "../../analysis/outcome/judge"
import { ranMs } from "../../documents/sim-report"

/**
 * The leaks of a run: each container, how it grew, which line fills it. Empty when nobody asked.
 * @param accepted containers that may grow
 */
export function renderLeaks(
    report: SimReport,
    style: Style,
    accepted: readonly string[] = [],
): string {
    const { leaks } = report
    if (!leaks) return ""
    const { colors: c } = style
    const title = c.bold("Leaks")
    if (leaks.length > 0)
        return [title, ...leaks.map(leak => renderLeak(leak, report, style, accepted))].join("\n")
    const ran = ranMs(report)
    // Nothing was seen to grow for long: whatever killed it, the judgement says.
    if (report.outcome.kind === "panicked") return ""
    const text = isLongEnoughForLeaks(ran)
        ? `none: after the first ${formatDuration(ran / 3)} nothing kept growing`
        : `${formatDuration(ran)} are too short to tell`
    return `${title}   ${text}`
}

function renderLeak(
    leak: Leak,
    { judgement }: SimReport,
    { colors: c, width }: Style,
    accepted: readonly string[],
): string {
    const { path, kind, alongside, items, fromMs, toMs, liveBytesPerHour, filledAt, heldAt } = leak
    const { death, container } = judgement
    const names = [path, ...alongside].map(name => sanitize(name)).join(", ")
    const grew =
        `${formatCount(items.from)} ${leakItems(items.from, kind)} became ${formatCount(items.to)} ` +
        `in ${formatDuration(toMs - fromMs)}: ${formatBytes(liveBytesPerHour)} an hour` +
        (death && container === path ? `, out of memory after ${deathText(death)}` : "")
    const lines = [
        ...(filledAt ? [`filled at ${placeOf(filledAt)} (${sanitize(filledAt.function)})`] : []),
        ...heldAt.map(
            line =>
                `${formatBytesExact(line.liveBytes)} of it in ${blocks(line.blocks)} made at ${placeOf(line)}`,
        ),
    ]
    const indented = (text: string) => wrap(text, width - 4).map(line => `    ${line}`)
    return [
        ...(isAccepted(leak, accepted)
            ? wrap(`! ${names}, accepted`, width).map(line => c.bold(c.yellow(line)))
            : wrap(`✗ ${names}`, width).map(line => c.bold(c.red(line)))),
        ...indented(grew),
        ...lines.flatMap(line => indented(line).map(text => c.dim(text))),
    ].join("\n")
}

function blocks(count: number): string {
    return count === 1 ? "one block" : formatCountOf(count, "block")
}

function placeOf({ file, line }: StackFrame): string {
    return `${sanitize(file)}:${line}`
}
