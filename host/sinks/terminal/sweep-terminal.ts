import { formatBytes, formatCount, formatDuration, formatMemory } from "../../base/format-units"
import { sanitize } from "../../base/sanitize"
import type {
    SweepDeath,
    SweepFigure,
    SweepReport,
    SweepSeries,
} from "../../documents/sweep-report"
import { gauge } from "./charts/gauge"
import type { Style } from "./text/style"
import { renderTable } from "./text/table"
import { indent, wrap } from "./text/text-layout"

/** What each figure is called. */
export const SWEEP_WORDS: Record<SweepFigure, string> = {
    liveBytes: "high-water live",
    allocatedBytes: "allocated",
    boardTimeMs: "board time",
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
    const said = sweepConclusions(report).flatMap(text =>
        wrap(text, width).map(line => c.bold(line)),
    )
    const tables = report.series.map(series => renderSeries(report, series, inner))
    return [said.join("\n"), ...tables.map(table => indent.lines(table, inner))].join("\n\n")
}

/** What comes of a sweep: a sentence for each size of heap, and one for each figure of two programs. */
export function sweepConclusions({ name, series, breakEvens }: SweepReport): string[] {
    const deaths = series.flatMap(({ entry, deaths }) =>
        [...bySize(deaths)].map(([heapBytes, those]) => deathsText(entry, name, heapBytes, those)),
    )
    const even = breakEvens.map(({ figure, better, worse, n }) => {
        const isAlways = n === series[0]?.points[0]?.n
        const from = isAlways ? `With every ${name}` : `From ${name} = ${formatCount(n)} on`
        return `${from} ${sanitize(better)} takes no more ${SWEEP_WORDS[figure]} than ${sanitize(worse)}.`
    })
    return [...deaths, ...even]
}

function bySize(deaths: readonly SweepDeath[]): Map<number, SweepDeath[]> {
    const sizes = new Map<number, SweepDeath[]>()
    for (const death of deaths)
        sizes.set(death.heapBytes, [...(sizes.get(death.heapBytes) ?? []), death])
    return sizes
}

/** Boards with as much heap differ in what their pins take of it. */
function deathsText(
    entry: string,
    name: string,
    heapBytes: number,
    deaths: readonly SweepDeath[],
): string {
    const heap = `${formatMemory(heapBytes)} of heap`
    const lives = deaths.filter(({ diesFrom }) => diesFrom === null)
    const dies = deaths
        .flatMap(death => (death.diesFrom === null ? [] : [{ ...death, from: death.diesFrom }]))
        .sort((a, b) => a.from - b.from)
    const from = dies.map(({ from, boards, panicName }, i) => {
        const isTold = panicName === undefined || panicName === dies[i - 1]?.panicName
        const of = isTold ? "" : `${sanitize(panicName).replaceAll("-", " ")}: `
        return `${formatCount(from)} on (${of}${shortened(boards)})`
    })
    const living = shortened(lives.flatMap(({ boards }) => boards))
    if (from.length === 0)
        return `${sanitize(entry)} lives with every ${name} on ${heap} (${living}).`
    const others = lives.length > 0 ? `, and with every ${name} lives on ${living}` : ""
    return `${sanitize(entry)} dies on ${heap} from ${name} = ${from.join(", ")}${others}.`
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
            formatBytes(liveBytes),
            formatBytes(allocatedBytes),
            formatDuration(boardTimeMs),
            isDead ? c.red("died") : c.cyan(bar),
        ]
    })
    const title = `${sanitize(entry)} on ${sanitize(board.id)}, ${formatMemory(board.heapBytes)} heap, ${formatDuration(forMs)} each`
    const table = renderTable(
        [
            { title: name, align: "right" },
            { title: SWEEP_WORDS.liveBytes, align: "right" },
            { title: SWEEP_WORDS.allocatedBytes, align: "right" },
            { title: SWEEP_WORDS.boardTimeMs, align: "right" },
            { title: "", align: "left" },
        ],
        rows,
        style,
    )
    return [...wrap(title, width).map(line => c.dim(line)), table].join("\n")
}
