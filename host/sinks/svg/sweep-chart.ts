import { formatBytes, formatCount, formatDuration, formatMemory } from "../../base/format-units"
import { sanitize } from "../../base/sanitize"
import {
    SWEEP_FIGURES,
    type SweepFigure,
    type SweepPoint,
    type SweepReport,
} from "../../documents/sweep-report"
import { ANSI, INK, lightStyle, LINE, PALE_INK, PAPER, QUANTITIES, type Color } from "../palette"
import { sweepConclusions, SWEEP_WORDS } from "../terminal/sweep-terminal"
import { wrap } from "../terminal/text/text-layout"
import { escapeXml } from "./svg"
import { drawLegend, FONTS, legendHeight } from "./svg-legend"

const MARGIN = 20
const AXIS = 84
const WIDTH = 760
const PANEL = 170
const GAP = 54
const HEADER = 76
/** Room above the highest point. */
const HEADROOM = 1.08
const Y_LABELS = 6
/** Labels of values stand no nearer to each other, px. */
const MIN_BETWEEN = 46
const ROW = 18
/** Characters of a line of text that are sure to fit. */
const MAX_TEXT = 112
const SERIES: readonly Color[] = [QUANTITIES.live, ANSI[3]!, ANSI[5]!]
const DEATH = ANSI[1]!
const FORMATS: Record<SweepFigure, (value: number) => string> = {
    liveBytes: formatBytes,
    allocatedBytes: formatBytes,
    boardTimeMs: formatDuration,
}

/** One figure over the number, and where on the picture it is. */
interface Panel {
    figure: SweepFigure
    top: number
    most: number
}

/**
 * A sweep as a chart, a self-contained SVG: bytes and board time over the number, which goes by equal
 * shares from the left to the right, and at which number each size of heap is too small.
 */
export function drawSweep(report: SweepReport): string {
    const { series, name, board, forMs } = report
    const values = series[0]?.points.map(({ n }) => n) ?? []
    const x = scaleOf(values)
    const panels = SWEEP_FIGURES.map((figure, i): Panel => {
        const all = series.flatMap(({ points }) => points.map(point => point[figure]))
        const most = HEADROOM * Math.max(1, ...all)
        return { figure, most, top: HEADER + i * (PANEL + GAP) }
    })
    const legend = series.map(({ entry }, i) => ({ color: colorOf(i), words: sanitize(entry) }))
    const said = sweepConclusions(report).flatMap(text => wrap(text, MAX_TEXT))
    const width = 2 * MARGIN + AXIS + WIDTH
    const legendTop = HEADER + panels.length * (PANEL + GAP)
    const saidTop = legendTop + legendHeight(legend, width - 2 * MARGIN) + 24
    const height = saidTop + said.length * ROW + MARGIN
    const title = escapeXml(`${legend.map(({ words }) => words).join(" and ")} over ${name}`)
    const where = `${sanitize(board.id)}, ${formatMemory(board.heapBytes)} of heap, ${formatDuration(forMs)} each`
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${FONTS}" font-size="12">`,
        `<title>${title}</title>`,
        lightStyle(),
        `<rect width="${width}" height="${height}" fill="${PAPER.dark}"/>`,
        `<text x="${MARGIN}" y="28" font-size="17" font-weight="600" fill="${INK.dark}">${title}</text>`,
        `<text x="${MARGIN}" y="48" fill="${PALE_INK.dark}">${escapeXml(where)}</text>`,
        ...panels.flatMap(panel => [
            ...drawAxes(panel, values, x, name),
            ...drawDeaths(report, panel, x),
            ...series.flatMap(({ points }, i) => drawLine(points, panel, x, colorOf(i))),
        ]),
        `<g transform="translate(${MARGIN} ${legendTop})">`,
        ...drawLegend(legend, width - 2 * MARGIN),
        "</g>",
        ...said.map(
            (text, i) =>
                `<text x="${MARGIN}" y="${saidTop + i * ROW}" fill="${INK.dark}">${escapeXml(text)}</text>`,
        ),
        "</svg>",
        "",
    ].join("\n")
}

function colorOf(series: number): Color {
    return SERIES[series % SERIES.length]!
}

/** Where a number is: equal factors are equally far. */
function scaleOf(values: readonly number[]): (n: number) => number {
    const [from, to] = [Math.log(values[0] ?? 1), Math.log(values.at(-1) ?? 1)]
    return n => MARGIN + AXIS + (to > from ? ((Math.log(n) - from) / (to - from)) * WIDTH : 0)
}

function yOf({ top, most }: Panel, value: number): number {
    return round(top + PANEL * (1 - value / most))
}

function drawAxes(
    panel: Panel,
    values: readonly number[],
    x: (n: number) => number,
    name: string,
): string[] {
    const { top, figure } = panel
    const left = MARGIN + AXIS
    const bottom = top + PANEL
    const step = niceStep(panel.most / Y_LABELS)
    const ticks = Array.from({ length: Math.floor(panel.most / step) + 1 }, (_, i) => i * step)
    let last = -Infinity
    const labelled = values.filter(n => {
        const isFar = x(n) - last >= MIN_BETWEEN
        if (isFar) last = x(n)
        return isFar
    })
    return [
        `<text x="${MARGIN}" y="${top - 10}" font-weight="600" fill="${INK.dark}">${SWEEP_WORDS[figure]}</text>`,
        ...ticks.map(value => {
            const y = yOf(panel, value)
            return (
                `<path d="M${left} ${y}h${WIDTH}" stroke="${LINE.dark}"/>` +
                `<text x="${left - 8}" y="${y + 4}" text-anchor="end" font-size="11" fill="${PALE_INK.dark}">${FORMATS[figure](value)}</text>`
            )
        }),
        ...labelled.map(
            n =>
                `<path d="M${round(x(n))} ${bottom}v5" stroke="${PALE_INK.dark}"/>` +
                `<text x="${round(x(n))}" y="${bottom + 18}" text-anchor="middle" font-size="11" fill="${PALE_INK.dark}">${formatCount(n)}</text>`,
        ),
        `<text x="${left - 8}" y="${bottom + 18}" text-anchor="end" font-size="11" fill="${PALE_INK.dark}">${escapeXml(name)}</text>`,
    ]
}

/** 1, 2 or 5 times a power of ten, at least so much. */
function niceStep(least: number): number {
    const power = 10 ** Math.floor(Math.log10(least))
    return [1, 2, 5, 10].map(times => times * power).find(step => step >= least) ?? 10 * power
}

/** A line down where a size of heap becomes too small for a program. */
function drawDeaths({ series }: SweepReport, { top }: Panel, x: (n: number) => number): string[] {
    return series.flatMap(({ entry, deaths }, i) =>
        deaths.flatMap(({ heapBytes, boards, diesFrom }) => {
            if (diesFrom === null) return []
            const at = round(x(diesFrom))
            const words = `${sanitize(entry)} dies from ${formatCount(diesFrom)} on: ${boards.map(sanitize).join(", ")}`
            return [
                `<g><title>${escapeXml(words)}</title>` +
                    `<path d="M${at} ${top}v${PANEL}" stroke="${DEATH.dark}" stroke-dasharray="4 3"/>` +
                    `<text x="${at - 3}" y="${top + 11 + 13 * i}" text-anchor="end" font-size="10" fill="${DEATH.dark}">${formatMemory(heapBytes)}</text></g>`,
            ]
        }),
    )
}

/** The values of a program, joined; where it died there is a cross, and what it had until then. */
function drawLine(
    points: readonly SweepPoint[],
    panel: Panel,
    x: (n: number) => number,
    color: Color,
): string[] {
    const { figure } = panel
    const at = (point: SweepPoint) => ({ x: round(x(point.n)), y: yOf(panel, point[figure]) })
    const alive = points.filter(({ outcome }) => outcome.kind !== "panicked")
    const path = alive.map(point => `${at(point).x} ${at(point).y}`).join("L")
    return [
        ...(alive.length > 1
            ? [`<path d="M${path}" fill="none" stroke="${color.dark}" stroke-width="2"/>`]
            : []),
        ...points.map(point => {
            const { x, y } = at(point)
            const isDead = point.outcome.kind === "panicked"
            const words = `${formatCount(point.n)}: ${FORMATS[figure](point[figure])}${isDead ? ", died" : ""}`
            const mark = isDead
                ? `<path d="M${x - 4} ${y - 4}l8 8m0 -8l-8 8" stroke="${color.dark}" stroke-width="2"/>`
                : `<circle cx="${x}" cy="${y}" r="3" fill="${color.dark}"/>`
            return `<g><title>${words}</title>${mark}</g>`
        }),
    ]
}

function round(value: number): number {
    return Math.round(value * 100) / 100
}
