import stringWidth from "string-width"
import { metricOf, type Order } from "../../../documents/cost"
import {
    figureOf,
    type FunctionCost,
    type LineCost,
    type ProfileReport,
} from "../../../documents/profile-report"
import { renderAdvice } from "../advice-terminal"
import { share } from "../charts/gauge"
import { figureColumns, figureText, WIDE, type Charged } from "./profile-figures"
import { renderHistograms } from "./histograms-terminal"
import { renderProfileSource } from "./profile-source"
import { sanitize } from "../../../base/sanitize"
import { renderHeadline, renderJudgement } from "../judgement-terminal"
import { renderRun } from "../sim-terminal"
import type { SimReport } from "../../../documents/sim-report"
import type { Style } from "../text/style"
import { renderTable, type TableColumn } from "../text/table"
import { fit, fitEnd, indent, wrap } from "../text/text-layout"
import {
    formatBytes,
    formatCount,
    formatCountOf,
    formatDuration,
    formatPercent,
} from "../../../base/format-units"

/** What the report shows of a profile. */
export interface ProfileView {
    /** Of the same run. */
    run: SimReport
    /** Texts of the sources, by the names the profile has for them. */
    texts: ReadonlyMap<string, string>
    by: Order
    /** Rows of each table, and lines shown in their source. */
    top: number
    /** Show histograms of sizes and ages, too. */
    histograms?: boolean
}

/** Columns between two of a table. */
const GAP = 2
const MAX_NAME = 24

/**
 * A profile for a terminal: how the run ended, who allocates and takes time by line and by function, and
 * the source of the heaviest lines with its costs. No line is wider than `style.width`.
 */
export function renderProfile(profile: ProfileReport, view: ProfileView, style: Style): string {
    const inner = indent.narrow(style)
    const sections = [
        renderRun(view.run, inner),
        wrap(sanitize(view.run.outcome.message ?? ""), inner.width).join("\n"),
        renderTotal(profile, inner),
        renderLines(profile, view, inner),
        renderFunctions(profile, view, inner),
        view.histograms ? renderHistograms(profile, inner) : "",
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

function renderTotal(profile: ProfileReport, { colors: c, width }: Style): string {
    const { total, outcome, boardTime, lines, live, temporary } = profile
    const atEnd = outcome.kind === "panicked" ? "when it died" : "at the end"
    const end = live === "at-peak" ? "when most was" : atEnd
    const text =
        `${formatBytes(total.bytes)} allocated in ${formatCountOf(total.allocations, "block")}; ` +
        `${formatBytes(total.liveBytes)} in ${formatCount(total.liveBlocks)} live ${end}.`
    const libraryMs = lines
        .filter(({ library }) => library)
        .reduce((sum, line) => sum + line.boardTime.ms, 0)
    const time =
        `${formatDuration(boardTime.ms)} of board time, ` +
        `${formatPercent(share(libraryMs, boardTime.ms))} of it in libraries.`
    const soon =
        temporary &&
        `${formatBytes(total.temporaryBytes ?? 0)} of it in ${formatCountOf(total.temporaryBlocks ?? 0, "block")} temporary: ` +
            `dropped within ${formatCountOf(temporary.within, "allocation")}.`
    return [text, ...(soon ? [soon] : []), time]
        .flatMap(sentence => wrap(sentence, width))
        .map(line => c.bold(line))
        .join("\n")
}

function renderLines(profile: ProfileReport, view: ProfileView, style: Style): string {
    const { by, top } = view
    const wide = style.width >= WIDE
    const lines = profile.lines.filter(line => figureOf(line.own, line.boardTime, by) > 0)
    const shown = lines.slice(0, top)
    const figures = figureColumns(by, style.width)
    const columns = [...figures, ...(wide ? [leftColumn("mostly")] : [])]
    const whole = wholeOf(profile)
    const cells = shown.map(line => [
        ...figures.map(({ text }) => text(ofLine(line), whole)),
        ...(wide ? [mostly(line, by)] : []),
    ])
    const placeWidth = style.width - GAP - tableWidth(columns, cells)
    const rows = shown.map((line, i) => [placeText(line, placeWidth, style), ...cells[i]!])
    const note = hasSources(profile)
        ? "A line of the program is charged with what libraries allocate for it, too. " +
          "The frame of a call is its caller's. Time is that of the line itself; libraries have their own."
        : "Places are program counters: there is no debug information beside this program. " +
          "Profile its source, or keep the -dbg.json that `devs build` writes beside the .devs file."
    return [
        renderTable([leftColumn("By line"), ...columns], rows, style),
        ...rest(lines.map(ofLine), top, by, style),
        dimmed(note, style),
    ].join("\n")
}

function renderFunctions(profile: ProfileReport, view: ProfileView, style: Style): string {
    // Without sources every place is a function of its own, which the lines have told.
    if (!hasSources(profile)) return ""
    const { by, top } = view
    const functions = profile.functions.filter(
        ({ self, boardTime }) => figureOf(self, boardTime, by) > 0,
    )
    const shown = functions.slice(0, top)
    const figures = figureColumns(by, style.width)
    // Who called whom is known of what was allocated alone.
    const inAll = ({ total }: FunctionCost) =>
        by === "time"
            ? []
            : [formatPercent(share(metricOf(total, by), metricOf(profile.total, by)))]
    const columns = [
        leftColumn("By function"),
        ...figures,
        ...(by === "time" ? [] : [{ title: "in all", align: "right" } as const]),
    ]
    const whole = wholeOf(profile)
    const cells = shown.map(cost => [
        fit(sanitize(cost.function), MAX_NAME),
        ...figures.map(({ text }) => text(ofFunction(cost), whole)),
        ...inAll(cost),
    ])
    const placeWidth = style.width - GAP - tableWidth(columns, cells)
    const rows = shown.map(({ file, line }, i) => {
        const place = file === undefined ? "" : `${sanitize(file)}:${line}`
        return [...cells[i]!, style.colors.dim(fitEnd(place, placeWidth))]
    })
    const note =
        by === "time"
            ? "What a function's own lines take and allocate, not what it calls."
            : "What a function's own lines allocate and take of time; “in all” has whatever it calls, too."
    return [
        renderTable([...columns, leftColumn("")], rows, style),
        ...rest(functions.map(ofFunction), top, by, style),
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

function wholeOf({ total, boardTime }: ProfileReport): Charged {
    return { cost: total, boardTime }
}

function ofLine({ own, boardTime }: LineCost): Charged {
    return { cost: own, boardTime }
}

function ofFunction({ self, boardTime }: FunctionCost): Charged {
    return { cost: self, boardTime }
}

function placeText({ place, library }: LineCost, width: number, { colors: c }: Style): string {
    const text = fitEnd(sanitize(place), width)
    return library ? c.dim(text) : text
}

/** What most of a line's cost is, and how much of it. */
function mostly({ types, boardTime }: LineCost, by: Order): string {
    const { runningMs, allocatingMs, collectingMs } = boardTime
    const parts: [string, number][] =
        by === "time"
            ? Object.entries({
                  running: runningMs,
                  allocating: allocatingMs,
                  collecting: collectingMs,
              })
            : Object.entries(types).map(([type, cost]) => [type, metricOf(cost, by)])
    const [name, figure] = parts.sort(([, a], [, b]) => b - a)[0]!
    const all = parts.reduce((sum, [, part]) => sum + part, 0)
    const part = share(figure, all)
    return part === 1 ? name : `${name} ${formatPercent(part)}`
}

/** What the rows after the first `top` come to. */
function rest(items: readonly Charged[], top: number, by: Order, style: Style): string[] {
    const hidden = items.slice(top)
    if (hidden.length === 0) return []
    const sum = hidden.reduce((all, { cost, boardTime }) => all + figureOf(cost, boardTime, by), 0)
    const text = `… and ${formatCount(hidden.length)} more with ${figureText(sum, by)} together`
    return [dimmed(text, style)]
}

function dimmed(text: string, { colors: c, width }: Style): string {
    return wrap(text, width)
        .map(line => c.dim(line))
        .join("\n")
}
