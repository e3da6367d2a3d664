import { changeBy } from "../../../analysis/profile/changed-costs"
import {
    formatBytes,
    formatCount,
    formatCountOf,
    formatDuration,
    formatSigned,
} from "../../../base/format-units"
import { sanitize } from "../../../base/sanitize"
import type { Cost, Order } from "../../../documents/cost"
import {
    changeOf,
    type ChangedInTime,
    type DifferenceSide,
    type ProfileDifferenceReport,
} from "../../../documents/profile/profile-difference"
import type { Style } from "../text/style"
import { renderTopTable, type TopTableColumn } from "../text/table"
import { indent, wrap } from "../text/text-layout"
import { figureText } from "./profile-figures"

/** What a report shows of a difference. */
interface DifferenceView {
    report: ProfileDifferenceReport
    by: Order
    /** Rows of each table. */
    top: number
}

/** Less of board time is no difference for people. */
const MIN_MS = 0.05

/** What two profiles differ in, for a terminal: both in a line, the difference, and which lines and functions it is. */
export function renderProfileDifference({ report, by, top }: DifferenceView, style: Style): string {
    const inner = indent.narrow(style)
    const { before, after, lines, functions } = report
    const whole = { before: before.total, after: after.total }
    const boardTime = { before: before.boardTime, after: after.boardTime }
    const all: ChangedInTime = { ...whole, boardTime }
    const isSame = lines.length === 0 && functions.length === 0
    const sections = [
        [sideText("before", before), sideText("now", after)]
            .flatMap(text => wrap(text, inner.width))
            .join("\n"),
        table(
            "By line",
            lines.map(line => ({ ...line, name: line.place })),
            { by, top },
            inner,
        ),
        table(
            "By function",
            functions.map(one => {
                const place = one.file === undefined ? "" : ` ${one.file}:${one.line}`
                return { ...one, name: `${one.function}${place}` }
            }),
            { by, top },
            inner,
        ),
    ].filter(section => section !== "")
    const headline = isSame ? "The two are the same." : totalText(all)
    return [
        ...wrap(headline, style.width).map(line => style.colors.bold(line)),
        indent.lines(sections.join("\n\n"), inner),
    ].join("\n")
}

function sideText(title: string, { name, headline, total, live }: DifferenceSide): string {
    const end = live === "at-peak" ? "live when most was" : "live"
    const text =
        `${title}: ${sanitize(name)}: ${formatBytes(total.bytes)} allocated in ` +
        `${formatCountOf(total.allocations, "block")}, ${formatBytes(total.liveBytes)} ${end}`
    return headline === undefined ? `${text}.` : `${text}; ${sanitize(headline)}.`
}

function totalText(all: ChangedInTime): string {
    const { boardTime } = all
    const change = (of: (cost: Cost) => number) => changeOf(all, of)
    const ms = boardTime.after.ms - boardTime.before.ms
    const temporary =
        all.after.temporaryBytes === undefined
            ? ""
            : `, ${formatSigned(
                  change(({ temporaryBytes = 0 }) => temporaryBytes),
                  formatBytes,
              )} temporary`
    return (
        `${formatSigned(
            change(({ bytes }) => bytes),
            formatBytes,
        )} allocated in ` +
        `${formatSigned(
            change(({ allocations }) => allocations),
            formatCount,
        )} blocks, ` +
        `${formatSigned(
            change(({ liveBytes }) => liveBytes),
            formatBytes,
        )} live${temporary}, ${timeText(ms)} of board time.`
    )
}

function table(
    title: string,
    items: readonly (ChangedInTime & { name: string })[],
    { by, top }: Pick<DifferenceView, "by" | "top">,
    style: Style,
): string {
    if (items.length === 0) return ""
    const figure = (name: Order) => (item: ChangedInTime) => {
        const change = changeBy(item, name)
        if (name === "time") return Math.abs(change) < MIN_MS ? "-" : timeText(change)
        return change === 0 ? "-" : formatSigned(change, value => figureText(value, name))
    }
    const orders = [...new Set<Order>([by, "allocated", "count", "live", "time"])]
    const titles: Record<Order, string> = {
        ...{ allocated: "allocated", count: "count", live: "live" },
        ...{ temporary: "temporary", time: "time" },
    }
    const columns: TopTableColumn[] = [
        { title, align: "left", shrinks: "start" },
        ...orders.map(name => ({ title: titles[name], align: "right" as const })),
    ]
    const rows = items
        .slice(0, top)
        .map(item => [sanitize(item.name), ...orders.map(name => figure(name)(item))])
    return renderTopTable(columns, rows, items.length, style)
}

function timeText(ms: number): string {
    return formatSigned(ms, value =>
        value < 0 ? `-${formatDuration(-value)}` : formatDuration(value),
    )
}
