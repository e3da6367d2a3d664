import stringWidth from "string-width"
import { metricOf, type Cost, type Metric } from "../../documents/cost"
import type { LineCost, ProfileReport } from "../../documents/profile-report"
import { renderAdvice } from "./advice-terminal"
import { share } from "./charts/gauge"
import { renderProfileSource } from "./profile-source"
import { sanitize } from "../../base/sanitize"
import { renderHeadline, renderJudgement } from "./judgement-terminal"
import { renderRun } from "./sim-terminal"
import type { SimReport } from "../../documents/sim-report"
import type { Style } from "./text/style"
import { renderTable, type TableColumn } from "./text/table"
import { fit, fitEnd, indent, wrap } from "./text/text-layout"
import { formatBytes, formatCount, formatCountOf, formatPercent } from "../../base/format-units"

/** What the report shows of a profile. */
export interface ProfileView {
    /** Of the same run. */
    run: SimReport
    /** Texts of the sources, by the names the profile has for them. */
    texts: ReadonlyMap<string, string>
    by: Metric
    /** Rows of each table, and lines shown in their source. */
    top: number
}

/** From here on a table has room for what a line mostly allocates. */
const WIDE = 100
/** Columns between two of a table. */
const GAP = 2
const MAX_NAME = 24

/**
 * A profile for a terminal: how the run ended, who allocates by line and by function, and the source
 * of the heaviest lines with its costs. No line is wider than `style.width`.
 */
export function renderProfile(profile: ProfileReport, view: ProfileView, style: Style): string {
    const inner = indent.narrow(style)
    const sections = [
        renderRun(view.run, inner),
        wrap(sanitize(view.run.outcome.message ?? ""), inner.width).join("\n"),
        renderTotal(profile, inner),
        renderLines(profile, view, inner),
        renderFunctions(profile, view, inner),
        renderProfileSource(profile, view.texts, view, inner),
        renderAdvice(profile.advice, inner),
    ].filter(section => section !== "")
    return [
        renderHeadline(view.run.judgement, style),
        indent.lines(sections.join("\n\n"), inner),
        "",
        renderJudgement(view.run.judgement, profile.advice?.[0], style),
    ].join("\n")
}

function renderTotal({ total, outcome }: ProfileReport, { colors: c, width }: Style): string {
    const end = outcome.kind === "panicked" ? "when it died" : "at the end"
    const text =
        `${formatBytes(total.bytes)} allocated in ${formatCountOf(total.allocations, "block")}; ` +
        `${formatBytes(total.liveBytes)} in ${formatCount(total.liveBlocks)} live ${end}.`
    return wrap(text, width)
        .map(line => c.bold(line))
        .join("\n")
}

function renderLines(profile: ProfileReport, view: ProfileView, style: Style): string {
    const { by, top } = view
    const wide = style.width >= WIDE
    const lines = profile.lines.filter(({ own }) => metricOf(own, by) > 0)
    const shown = lines.slice(0, top)
    const columns = [...FIGURE_COLUMNS, ...(wide ? [leftColumn("mostly")] : [])]
    const cells = shown.map(line => [
        ...figures(line.own, profile.total, by),
        ...(wide ? [mostly(line, by)] : []),
    ])
    const placeWidth = style.width - GAP - tableWidth(columns, cells)
    const rows = shown.map((line, i) => [placeText(line, placeWidth, style), ...cells[i]!])
    const note = hasSources(profile)
        ? "A line of the program is charged with what libraries allocate for it, too. " +
          "The frame of a call is its caller's."
        : "Places are program counters: there is no debug information beside this program. " +
          "Profile its source, or keep the -dbg.json that `devs build` writes beside the .devs file."
    return [
        renderTable([leftColumn("By line"), ...columns], rows, style),
        ...rest(lines, top, line => line.own, by, style),
        dimmed(note, style),
    ].join("\n")
}

function renderFunctions(profile: ProfileReport, view: ProfileView, style: Style): string {
    // Without sources every place is a function of its own, which the lines have told.
    if (!hasSources(profile)) return ""
    const { by, top } = view
    const functions = profile.functions.filter(({ self }) => metricOf(self, by) > 0)
    const shown = functions.slice(0, top)
    const columns = [
        leftColumn("By function"),
        ...FIGURE_COLUMNS,
        { title: "in all", align: "right" } as const,
    ]
    const cells = shown.map(({ function: name, self, total }) => [
        fit(sanitize(name), MAX_NAME),
        ...figures(self, profile.total, by),
        formatPercent(share(metricOf(total, by), metricOf(profile.total, by))),
    ])
    const placeWidth = style.width - GAP - tableWidth(columns, cells)
    const rows = shown.map(({ file, line }, i) => {
        const place = file === undefined ? "" : `${sanitize(file)}:${line}`
        return [...cells[i]!, style.colors.dim(fitEnd(place, placeWidth))]
    })
    const note = "What a function's own lines allocate; “in all” has whatever it calls, too."
    return [
        renderTable([...columns, leftColumn("")], rows, style),
        ...rest(functions, top, ({ self }) => self, by, style),
        dimmed(note, style),
    ].join("\n")
}

function hasSources({ lines }: ProfileReport): boolean {
    return lines.some(({ file }) => file !== undefined)
}

function leftColumn(title: string): TableColumn {
    return { title, align: "left" }
}

/** Columns a table of these takes. */
function tableWidth(columns: readonly TableColumn[], rows: readonly string[][]): number {
    const widths = columns.map(({ title }, i) =>
        Math.max(stringWidth(title), ...rows.map(row => stringWidth(row[i]!))),
    )
    return widths.reduce((sum, width) => sum + width + GAP, -GAP)
}

const FIGURE_COLUMNS: readonly TableColumn[] = [
    { title: "allocated", align: "right" },
    { title: "count", align: "right" },
    { title: "live", align: "right" },
    { title: "share", align: "right" },
]

function figures(cost: Cost, total: Cost, by: Metric): string[] {
    return [
        formatBytes(cost.bytes),
        formatCount(cost.allocations),
        cost.liveBytes > 0 ? formatBytes(cost.liveBytes) : "-",
        formatPercent(share(metricOf(cost, by), metricOf(total, by))),
    ]
}

function placeText({ place, library }: LineCost, width: number, { colors: c }: Style): string {
    const text = fitEnd(sanitize(place), width)
    return library ? c.dim(text) : text
}

/** What most of a line's cost is, and how much of it. */
function mostly({ types, own }: LineCost, by: Metric): string {
    const [type, cost] = Object.entries(types).sort(
        ([, a], [, b]) => metricOf(b, by) - metricOf(a, by),
    )[0]!
    const part = share(metricOf(cost, by), metricOf(own, by))
    return part === 1 ? type : `${type} ${formatPercent(part)}`
}

/** What the rows after the first `top` come to. */
function rest<T>(
    items: readonly T[],
    top: number,
    costOf: (item: T) => Cost,
    by: Metric,
    style: Style,
): string[] {
    const hidden = items.slice(top)
    if (hidden.length === 0) return []
    const sum = hidden.reduce((total, item) => total + metricOf(costOf(item), by), 0)
    const figure = by === "count" ? formatCount(sum) : formatBytes(sum)
    return [dimmed(`… and ${formatCount(hidden.length)} more with ${figure} together`, style)]
}

function dimmed(text: string, { colors: c, width }: Style): string {
    return wrap(text, width)
        .map(line => c.dim(line))
        .join("\n")
}
