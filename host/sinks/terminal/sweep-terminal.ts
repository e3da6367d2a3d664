import { formatBytes, formatCount, formatDuration, formatMemory } from "../../base/format-units"
import { sanitize } from "../../base/sanitize"
import type { SweepFigure, SweepReport, SweepSeries } from "../../documents/sweep-report"
import { gauge } from "./charts/gauge"
import type { Style } from "./text/style"
import { renderTable } from "./text/table"
import { indent, wrap } from "./text/text-layout"

const FIGURES: Record<SweepFigure, { words: string; format: (value: number) => string }> = {
    liveBytes: { words: "high-water live", format: formatBytes },
    allocatedBytes: { words: "allocated", format: formatBytes },
    boardTimeMs: { words: "board time", format: formatDuration },
}
/** Columns that the figures of a row take at the most. */
const FIGURE_COLUMNS = 52

/**
 * A sweep for a terminal: what comes of it first, then bytes and board time for each value, drawn. No line
 * is wider than `style.width`.
 */
export function renderSweep(report: SweepReport, style: Style): string {
    const inner = indent.narrow(style)
    const { colors: c, width } = style
    const said = conclusions(report).flatMap(text => wrap(text, width).map(line => c.bold(line)))
    const tables = report.series.map(series => renderSeries(report, series, inner))
    return [said.join("\n"), ...tables.map(table => indent.lines(table, inner))].join("\n\n")
}

function conclusions({ name, series, breakEvens }: SweepReport): string[] {
    const deaths = series.flatMap(({ entry, deaths }) =>
        deaths.map(({ heapBytes, boards, diesFrom }) => {
            const where = `${formatMemory(heapBytes)} of heap (${shortened(boards)})`
            return diesFrom === null
                ? `${sanitize(entry)} lives with every ${name} on ${where}.`
                : `${sanitize(entry)} dies from ${name} = ${formatCount(diesFrom)} on, on ${where}.`
        }),
    )
    const even = breakEvens.map(
        ({ figure, better, worse, n }) =>
            `From ${name} = ${formatCount(n)} on ${sanitize(better)} takes no more ${FIGURES[figure].words} than ${sanitize(worse)}.`,
    )
    return [...deaths, ...even]
}

function shortened(boards: readonly string[]): string {
    const shown = boards.slice(0, 3).map(sanitize).join(", ")
    return boards.length > 3 ? `${shown} and ${boards.length - 3} more` : shown
}

function renderSeries(
    { name, board, forMs }: SweepReport,
    { entry, points }: SweepSeries,
    style: Style,
): string {
    const { colors: c, width } = style
    const room = Math.max(0, Math.min(40, width - FIGURE_COLUMNS))
    const most = Math.max(...points.map(({ liveBytes }) => liveBytes))
    const rows = points.map(point => {
        const { n, outcome, liveBytes, allocatedBytes, boardTimeMs } = point
        const isDead = outcome.kind === "panicked"
        const bar = gauge(liveBytes, most, room)
        return [
            formatCount(n),
            FIGURES.liveBytes.format(liveBytes),
            FIGURES.allocatedBytes.format(allocatedBytes),
            FIGURES.boardTimeMs.format(boardTimeMs),
            isDead ? c.red("died") : c.cyan(bar),
        ]
    })
    const title = `${sanitize(entry)} on ${sanitize(board.id)}, ${formatMemory(board.heapBytes)} heap, ${formatDuration(forMs)} each`
    const table = renderTable(
        [
            { title: name, align: "right" },
            { title: FIGURES.liveBytes.words, align: "right" },
            { title: FIGURES.allocatedBytes.words, align: "right" },
            { title: FIGURES.boardTimeMs.words, align: "right" },
            { title: "", align: "left" },
        ],
        rows,
        style,
    )
    return [...wrap(title, width).map(line => c.dim(line)), table].join("\n")
}
