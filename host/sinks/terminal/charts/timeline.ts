import type { Span } from "./downsample"
import type { Sample } from "../../../documents/sim-report"
import type { Style } from "../text/style"
import { fit, padLeft } from "../text/text-layout"
import { drawRow, garbageGlyph, plotColumns, type PlotColumn } from "./timeline-cells"
import { formatBytes, formatDuration } from "../../../base/format-units"

/** What a timeline shows beside the samples. */
export interface TimelineOptions extends Span {
    /** The top of the chart, bytes. */
    capacityBytes: number
    /** Height of the chart in lines, without its capacity line and its axis. Default 8. */
    rows?: number
    /** Whether the run died at its end: a cross marks it on the axis. */
    died?: boolean
    /** Moments that somebody marked: a triangle on the axis each. */
    marks?: readonly number[]
}

/**
 * The heap over time, drawn with characters: live bytes as a solid area, garbage on top of it
 * (another colour; dots when nothing is coloured), the heap's capacity as the top line, time below.
 * Each two columns show the least and the most used in their time, so no peak is lost and
 * collections stay visible. `┴` on the axis marks collections, as long as they are not everywhere.
 * @returns the chart's lines; `options.rows` + 3 of them.
 */
export function renderTimeline(
    samples: readonly Sample[],
    options: TimelineOptions,
    style: Style,
): string {
    const { colors: c } = style
    const { capacityBytes, rows = 8 } = options
    const capacity = formatBytes(capacityBytes)
    const labelWidth = Math.max(capacity.length, 7)
    const plotWidth = Math.max(4, style.width - labelWidth - 2)
    const columns = plotColumns(samples, { ...options, rows }, plotWidth, style)

    const lines = [`${padLeft(capacity, labelWidth)} ${c.red("╌".repeat(plotWidth + 1))}`]
    for (let row = rows - 1; row >= 0; row--) {
        const isQuarter = ((row + 1) * 4) % rows === 0 && row + 1 < rows
        const label = isQuarter ? formatBytes((capacityBytes * (row + 1)) / rows) : ""
        const plot = drawRow(columns, row, style)
        lines.push(`${c.dim(padLeft(label, labelWidth))} ${c.dim(isQuarter ? "┤" : "│")}${plot}`)
    }
    const ticks = timeTicks(options, plotWidth)
    const axis = drawAxis(columns, ticks, options, style)
    lines.push(`${c.dim(padLeft("0 B", labelWidth))} ${axis}`)
    lines.push(`${" ".repeat(labelWidth + 1)}${c.dim(timeLabels(ticks, plotWidth + 1))}`)
    return lines.map(line => fit(line.trimEnd(), style.width)).join("\n")
}

/** What each texture of a timeline means, on one line. */
export function timelineLegend(style: Style, hasMarks = false): string {
    const { colors: c } = style
    const marks = hasMarks ? `   ${c.bold(MARK)} mark` : ""
    return `${c.blueBright("█")} live   ${garbageGlyph(style)} garbage   ${c.dim("┴")} collection${marks}`
}

const MARK = "▲"

interface Tick {
    column: number
    label: string
}

/** Steps between labels on the time axis: what people count time in, ms. */
const TIME_STEPS_MS = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000,
    300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000,
]
const COLUMNS_PER_LABEL = 12

function timeTicks(span: Span, plotWidth: number): Tick[] {
    const totalMs = span.toMs - span.fromMs
    if (totalMs <= 0) return [{ column: 0, label: formatDuration(span.fromMs) }]
    const leastMs = (totalMs * COLUMNS_PER_LABEL) / plotWidth
    const dayMs = 86_400_000
    const stepMs = TIME_STEPS_MS.find(step => step >= leastMs) ?? Math.ceil(leastMs / dayMs) * dayMs
    const ticks: Tick[] = []
    for (let ms = Math.ceil(span.fromMs / stepMs) * stepMs; ms <= span.toMs; ms += stepMs) {
        ticks.push({
            column: columnOf(ms, span, plotWidth),
            label: ms === 0 ? "0" : formatDuration(ms),
        })
    }
    return ticks
}

function columnOf(atMs: number, { fromMs, toMs }: Span, plotWidth: number): number {
    return Math.min(plotWidth - 1, Math.floor(((atMs - fromMs) / (toMs - fromMs)) * plotWidth))
}

/** The labels under their ticks; the last one moves left rather than leave the chart. */
function timeLabels(ticks: readonly Tick[], width: number): string {
    let line = ""
    for (const { column, label } of ticks) {
        const centred = column + 1 - Math.floor(label.length / 2)
        const start = Math.max(0, Math.min(centred, width - label.length))
        if (start > line.length || line === "") line = line.padEnd(start) + label
    }
    return line
}

function drawAxis(
    columns: readonly PlotColumn[],
    ticks: readonly Tick[],
    { fromMs, toMs, died = false, marks = [] }: TimelineOptions,
    { colors: c }: Style,
): string {
    const collecting = columns.filter(column => column.collections > 0)
    const isCrowded = collecting.length > columns.length / 3
    const glyphs = columns.map(({ collections }) => (collections > 0 && !isCrowded ? "┴" : "─"))
    const dimmed = (part: readonly string[]) => (part.length > 0 ? c.dim(part.join("")) : "")
    const axis = glyphs.map((glyph, x) =>
        glyph === "─" && ticks.some(({ column }) => column === x) ? "┬" : glyph,
    )
    const signs = new Map<number, string>()
    for (const atMs of marks)
        if (atMs >= fromMs && atMs <= toMs)
            signs.set(columnOf(atMs, { fromMs, toMs }, axis.length), c.bold(MARK))
    if (died) {
        const end = columns.findLastIndex(column => column.isKnown)
        signs.set(Math.max(0, end), c.bold(c.red("✗")))
    }
    let line = ""
    let from = 0
    for (const [column, sign] of [...signs].sort(([a], [b]) => a - b)) {
        line += dimmed(axis.slice(from, column)) + sign
        from = column + 1
    }
    return c.dim("└") + line + dimmed(axis.slice(from))
}
