import { HISTORY_COLUMNS, type HistoryRow } from "../../analysis/snapshot/heap-history"
import { exactFigures, type Snapshot } from "../../documents/snapshot"
import { BLOCK_LOOKS, isFilledType } from "../block-looks"
import { INK, lightStyle, PALE_INK, PAPER, QUANTITIES } from "../palette"
import type { HeapCell } from "../../model/heap/heap-cells"
import { snapshotTitle } from "../terminal/text/moment-text"
import { safeXml } from "./svg"
import { drawLegend, FONTS, GARBAGE_OPACITY, legendHeight, type LegendEntry } from "./svg-legend"
import { formatBytes, formatDuration } from "../../base/format-units"

const MARGIN = 20
const AXIS = 72
const HEADER = 92
const MAP_WIDTH = 820
const PANEL_GAP = 24
const PANEL_WIDTH = 220
/** The rows share about this much, px. */
const MAP_HEIGHT = 880
const MAX_ROW_HEIGHT = 12
/** Characters of the title that are sure to fit beside each other. */
const MAX_TITLE = 96
const TIME_LABELS = 12

const { live: LIVE, garbage: GARBAGE, free: FREE, largestFree: LARGEST_FREE } = QUANTITIES

/**
 * How a heap filled and broke into pieces, as a self-contained SVG: a row is a moment, time runs down, the
 * columns are addresses; beside it what each moment's bytes were, with the largest free block apart from the rest
 * of the free bytes. A row tells its figures when the pointer rests on it.
 */
export function renderHeapHistory(rows: readonly HistoryRow[], snapshot: Snapshot): string {
    const { capacityBytes } = exactFigures(snapshot, "The picture")
    const rowHeight = Math.min(MAX_ROW_HEIGHT, Math.max(2, MAP_HEIGHT / Math.max(1, rows.length)))
    const mapHeight = Math.round(rowHeight * rows.length)
    const panelX = MARGIN + AXIS + MAP_WIDTH + PANEL_GAP
    const width = panelX + PANEL_WIDTH + MARGIN
    const legend = legendOf(rows)
    const legendTop = HEADER + mapHeight + 20
    const height = legendTop + legendHeight(legend, width - 2 * MARGIN) + MARGIN
    const title = (width?: number) => safeXml(snapshotTitle("Heap over time:", snapshot, width))
    const y = (row: number) => Math.round(HEADER + row * rowHeight)

    const map = new Paths()
    const panel = new Paths()
    for (const [i, row] of rows.entries()) {
        const box = { y: y(i), height: y(i + 1) - y(i) }
        drawCells(row.cells, box, map)
        drawSums(row, capacityBytes, box, panel)
    }
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${FONTS}" font-size="12">`,
        `<title>${title()}</title>`,
        lightStyle(),
        `<rect width="${width}" height="${height}" fill="${PAPER.dark}"/>`,
        `<text x="${MARGIN}" y="28" font-size="17" font-weight="600" fill="${INK.dark}">${title(MAX_TITLE)}</text>`,
        `<text x="${MARGIN}" y="48" fill="${PALE_INK.dark}">Time runs down. Left: the heap by address. Right: what its ${formatBytes(capacityBytes)} were.</text>`,
        `<g font-size="11" fill="${PALE_INK.dark}">`,
        ...addressLabels(capacityBytes),
        ...timeLabels(rows, y),
        `<text x="${panelX}" y="${HEADER - 8}">0</text>`,
        `<text x="${panelX + PANEL_WIDTH}" y="${HEADER - 8}" text-anchor="end">${formatBytes(capacityBytes)}</text>`,
        "</g>",
        `<g transform="translate(${MARGIN + AXIS} 0)" shape-rendering="crispEdges">`,
        `<rect y="${HEADER}" width="${MAP_WIDTH}" height="${mapHeight}" fill="${FREE.dark}"/>`,
        ...map.elements(),
        "</g>",
        `<g transform="translate(${panelX} 0)" shape-rendering="crispEdges">`,
        `<rect y="${HEADER}" width="${PANEL_WIDTH}" height="${mapHeight}" fill="${FREE.dark}"/>`,
        ...panel.elements(),
        "</g>",
        ...rows.map(
            (row, i) =>
                `<rect x="${MARGIN + AXIS}" y="${y(i)}" width="${width - 2 * MARGIN - AXIS}" height="${y(i + 1) - y(i)}" fill="${PAPER.dark}" fill-opacity="0"><title>${rowTitle(row)}</title></rect>`,
        ),
        `<g transform="translate(${MARGIN} ${legendTop})">`,
        ...drawLegend(legend, width - 2 * MARGIN),
        "</g>",
        "</svg>",
        "",
    ].join("\n")
}

interface Box {
    y: number
    height: number
}

/** Collects boxes by how they are painted: one path for each look. */
class Paths {
    private readonly paths = new Map<string, string>()

    add(look: string, x: number, width: number, { y, height }: Box): void {
        const box = `M${round(x)} ${y}h${round(width)}v${height}h${round(-width)}z`
        this.paths.set(look, (this.paths.get(look) ?? "") + box)
    }

    elements(): string[] {
        return Array.from(this.paths, ([look, path]) => `<path ${look} d="${path}"/>`)
    }
}

function drawCells(cells: readonly HeapCell[], box: Box, paths: Paths): void {
    const scale = MAP_WIDTH / HISTORY_COLUMNS
    let start = 0
    for (let i = 1; i <= cells.length; i++) {
        const look = appearanceOf(cells[start]!)
        if (i < cells.length && appearanceOf(cells[i]!) === look) continue
        if (look !== undefined) paths.add(look, start * scale, (i - start) * scale, box)
        start = i
    }
}

function appearanceOf({ type, isGarbage, isLargestFree }: HeapCell): string | undefined {
    if (isLargestFree) return `fill="${LARGEST_FREE.dark}" fill-opacity="0.3"`
    if (!isFilledType(type)) return undefined
    const faded = isGarbage ? ` fill-opacity="${GARBAGE_OPACITY}"` : ""
    return `fill="${BLOCK_LOOKS[type].color.dark}"${faded}`
}

function drawSums(row: HistoryRow, capacityBytes: number, box: Box, paths: Paths): void {
    const scale = PANEL_WIDTH / capacityBytes
    const parts = [
        [LIVE, row.liveBytes],
        [GARBAGE, row.garbageBytes],
        [undefined, row.freeBytes - row.largestFreeBytes],
        [LARGEST_FREE, row.largestFreeBytes],
    ] as const
    let x = 0
    for (const [color, bytes] of parts) {
        if (color !== undefined && bytes > 0)
            paths.add(`fill="${color.dark}" fill-opacity="0.75"`, x, bytes * scale, box)
        x += bytes * scale
    }
}

function addressLabels(capacityBytes: number): string[] {
    return [0, 0.25, 0.5, 0.75, 1].map(part => {
        const offset = Math.round(capacityBytes * part).toString(16)
        const anchor = part === 0 ? "start" : part === 1 ? "end" : "middle"
        return `<text x="${MARGIN + AXIS + MAP_WIDTH * part}" y="${HEADER - 8}" text-anchor="${anchor}">+0x${offset}</text>`
    })
}

function timeLabels(rows: readonly HistoryRow[], y: (row: number) => number): string[] {
    const every = Math.max(1, Math.ceil(rows.length / TIME_LABELS))
    return rows.flatMap(({ atMs }, i) =>
        i % every === 0
            ? [
                  `<text x="${MARGIN + AXIS - 8}" y="${y(i) + 9}" text-anchor="end">${formatDuration(atMs)}</text>`,
              ]
            : [],
    )
}

function rowTitle(row: HistoryRow): string {
    return (
        `${formatDuration(row.atMs)}: ${formatBytes(row.liveBytes)} live, ` +
        `${formatBytes(row.garbageBytes)} garbage, ${formatBytes(row.freeBytes)} free, ` +
        `largest free block ${formatBytes(row.largestFreeBytes)}`
    )
}

function legendOf(rows: readonly HistoryRow[]): LegendEntry[] {
    const present = new Set(rows.flatMap(({ cells }) => cells.map(({ type }) => type)))
    return [
        ...Object.entries(BLOCK_LOOKS)
            .filter(([type]) => present.has(type as keyof typeof BLOCK_LOOKS))
            .map(([, look]) => look),
        { color: BLOCK_LOOKS.map.color, opacity: GARBAGE_OPACITY, words: "faded: garbage" },
        { color: FREE, words: "free" },
        { color: LARGEST_FREE, opacity: 0.3, words: "largest free block" },
        { color: LIVE, opacity: 0.75, words: "right: live" },
        { color: GARBAGE, opacity: 0.75, words: "right: garbage" },
        { color: LARGEST_FREE, opacity: 0.75, words: "right: largest free block" },
    ]
}

function round(value: number): number {
    return Math.round(value * 100) / 100
}
