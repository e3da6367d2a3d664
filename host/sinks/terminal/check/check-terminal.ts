import type { Check, CheckFailure, CheckReport, Shard } from "../../../documents/check/report"
import { NO_BASELINE } from "../../../analysis/budgets/judge-budgets"
import { renderChange } from "./change-terminal"
import type { Judgement } from "../../../documents/judgement"
import { renderJudgement } from "../judgement-terminal"
import { renderLeaks } from "../leaks-terminal"
import { sanitize } from "../../../base/sanitize"
import type { Style } from "../text/style"
import { fit, fitEnd, flow, indent, wrap } from "../text/text-layout"
import {
    formatBytesExact,
    formatCount,
    formatCountOf,
    formatDuration,
    formatPercent,
} from "../../../base/format-units"
import { ranMs } from "../../../documents/sim-report"

/** One check for a terminal: passed or what is wrong, then the figures, then why, then what changed. */
export function renderCheck(check: Check, style: Style): string {
    const { passed, failures, warnings, report, change } = check
    const { colors: c } = style
    const inner = indent.narrow(style)
    const board = ` on ${sanitize(report.board.id)}`
    const name = fitEnd(sanitize(report.program.entry), style.width - board.length - 2) + board
    const isWarning = passed && (report.judgement.severity !== "good" || warnings.length > 0)
    const title = isWarning
        ? c.yellow(`! ${name}`)
        : passed
          ? c.green(`✓ ${name}`)
          : c.red(`✗ ${name}`)
    const { severity } = report.judgement
    const { heap } = report
    const figures = [
        `${formatBytesExact(heap.highWaterLiveBytes)} high-water live (${formatPercent(heap.highWaterLiveBytes / heap.capacityBytes)} of the heap)`,
        `ran ${formatDuration(ranMs(report))}`,
    ]
    const changed = change ? renderChange(change, inner) : ""
    const sections = [
        c.dim(flow(figures, inner.width, " · ")),
        ...(report.leaks?.length ? [renderLeaks(report, inner, check.expected.accept)] : []),
        // The judgement comes in full below.
        ...failures
            .filter(({ kind }) => kind === "budget")
            .map(failure => renderFailure(failure, check, inner, c.red)),
        ...warnings.map(failure => renderFailure(failure, check, inner, c.yellow)),
        ...untold(check).flatMap(line => wrap(line, inner.width).map(text => c.yellow(text))),
        ...(changed === "" ? [] : [changed]),
        ...(severity === "good" ? [] : [renderJudgement(judgementOf(check), undefined, inner)]),
    ]
    return `${c.bold(title)}\n${indent.lines(sections.join("\n"), inner)}`
}

/** A budget that is not kept, and the lines that took it, unless the change has them. */
function renderFailure(
    { message, figure, places = [] }: CheckFailure,
    { change }: Check,
    style: Style,
    color: (text: string) => string,
): string {
    const inner = indent.narrow(style)
    const isToldBelow = change?.figures.some(one => one.figure === figure && one.parts)
    const lines = wrap(sanitize(message), style.width).map(line => color(line))
    const took = isToldBelow
        ? []
        : places.flatMap(place => wrap(sanitize(place.message), inner.width))
    return [...lines, ...(took.length > 0 ? [indent.lines(took.join("\n"), inner)] : [])].join("\n")
}

/** Budgets of which nobody can say whether they are kept. A new program is told of as such. */
function untold({ budgets, change }: Check): string[] {
    if (change?.isNew || change?.because !== undefined) return []
    const told = budgets.filter(({ because }) => because !== undefined)
    // Of all of them the same is to be said, once.
    if (told.length > 1 && told.every(({ because }) => because === NO_BASELINE))
        return [
            `${formatCount(told.length)} budgets are not told: they are ${NO_BASELINE.slice(6)}`,
        ]
    return told.map(({ of, because }) => sanitize(`${of} is not told: ${because}`))
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
 * What there is to say once all are done: how it went altogether, unless one check has said that already,
 * and what is not checked any more.
 */
export function renderCheckEnd(report: CheckReport, style: Style): string {
    const { checks, interrupted, shard, vanished = [] } = report
    const planned = shard ? shardCount(shard) : (report.planned ?? checks.length)
    const gone = vanished.flatMap(name =>
        wrap(`gone: ${sanitize(name)} is in the baseline, and nobody checks it`, style.width),
    )
    const sum = checks.length > 1 || interrupted ? [renderCheckSum(checks, planned, style)] : []
    return [...gone.map(line => style.colors.yellow(line)), ...sum].join("\n")
}

/** How many checks a shard has. */
function shardCount({ number, of, planned }: Shard): number {
    return Math.max(0, Math.ceil((planned - number + 1) / of))
}

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
        .map(({ report: { program, board, judgement }, failures }) => ({
            ...{ program, board },
            // What takes too much may run as well as any other.
            why: judgement.severity === "good" ? failures[0]!.message : judgement.headline,
        }))
        .map(({ program, board, why }) =>
            fit(`✗ ${sanitize(`${program.entry} on ${board.id}: ${why}`)}`, width),
        )
    const more = failed.length - named.length
    const [first] = failed
    const judgement = first?.report.judgement
    const next = isDone && judgement?.severity !== "good" ? judgement?.next : undefined
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
