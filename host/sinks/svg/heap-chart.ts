import { formatBytes, formatCount, formatDuration } from "../../base/format-units"
import type { Sample } from "../../documents/sim-report"
import { INK, lightStyle, LINE, PALE_INK, PAPER, QUANTITIES } from "../palette"
import { escapeXml } from "./svg"
import { drawLegend, FONTS, legendHeight } from "./svg-legend"

const MARGIN = 16
const AXIS = 72
const WIDTH = 1200
const PLOT = 220
const HEADER = 64
const COLUMNS = WIDTH - 2 * MARGIN - AXIS
const TICKS = 5

/** What a column of the picture shows: the extremes of the samples in it. */
interface Column {
    atMs: number
    usedMin: number
    usedMax: number
    live: number
    largestFree: number
    collections: number
}

/**
 * A heap over time as a self-contained SVG: what is used as a band, what of it is live, and the largest free
 * block. However long the run, no peak is lost. A column tells its figures when the pointer rests on it.
 */
export function renderHeapChart(
    samples: readonly Sample[],
    { capacityBytes, title }: { capacityBytes: number; title: string },
): string {
    const endMs = samples.at(-1)?.atMs ?? 0
    const columns = columnsOf(samples, endMs)
    const left = MARGIN + AXIS
    const x = (column: number) => left + column
    const y = (bytes: number) =>
        Math.round((HEADER + PLOT * (1 - bytes / Math.max(1, capacityBytes))) * 10) / 10
    const all = [...columns]
    const line = (value: (column: Column) => number) =>
        `M${all.map(([at, column]) => `${x(at)} ${y(value(column))}`).join("L")}`
    const band =
        all.length === 0
            ? ""
            : `${line(({ usedMax }) => usedMax)}L${all
                  .toReversed()
                  .map(([at, { usedMin }]) => `${x(at)} ${y(usedMin)}`)
                  .join("L")}z`
    const legend = [
        { color: QUANTITIES.garbage, words: "used" },
        { color: QUANTITIES.live, words: "live" },
        { color: QUANTITIES.largestFree, words: "largest free block" },
    ]
    const legendTop = HEADER + PLOT + 34
    const height = legendTop + legendHeight(legend, WIDTH - 2 * MARGIN) + MARGIN
    const ticks = Array.from({ length: TICKS + 1 }, (_, i) => i / TICKS)
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="${FONTS}" font-size="11">`,
        `<title>${escapeXml(title)}</title>`,
        lightStyle(),
        `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8" fill="${PAPER.dark}" stroke="${LINE.dark}"/>`,
        `<text x="${MARGIN}" y="28" font-size="15" font-weight="bold" fill="${INK.dark}">${escapeXml(title)}</text>`,
        ...ticks.map(
            part =>
                `<path d="M${left} ${y(part * capacityBytes)}h${COLUMNS}" stroke="${LINE.dark}"/>` +
                `<text x="${left - 8}" y="${y(part * capacityBytes) + 4}" text-anchor="end" fill="${PALE_INK.dark}">${formatBytes(Math.round(part * capacityBytes))}</text>`,
        ),
        ...ticks.map(
            part =>
                `<text x="${left + part * COLUMNS}" y="${HEADER + PLOT + 18}" text-anchor="${part === 1 ? "end" : "middle"}" fill="${PALE_INK.dark}">${formatDuration(Math.round(part * endMs))}</text>`,
        ),
        ...(band === ""
            ? []
            : [
                  `<path d="${band}" fill="${QUANTITIES.garbage.dark}" fill-opacity="0.6" stroke="${QUANTITIES.garbage.dark}"/>`,
                  `<path d="${line(({ largestFree }) => largestFree)}" fill="none" stroke="${QUANTITIES.largestFree.dark}" stroke-dasharray="5 3"/>`,
                  `<path d="${line(({ live }) => live)}" fill="none" stroke="${QUANTITIES.live.dark}" stroke-width="2"/>`,
              ]),
        ...all.map(
            ([at, column]) =>
                `<rect x="${x(at)}" y="${HEADER}" width="1" height="${PLOT}" fill="${PAPER.dark}" fill-opacity="0"><title>${wordsOf(column)}</title></rect>`,
        ),
        `<g transform="translate(${MARGIN} ${legendTop})">`,
        ...drawLegend(legend, WIDTH - 2 * MARGIN),
        "</g>",
        "</svg>",
        "",
    ].join("\n")
}

function columnsOf(samples: readonly Sample[], endMs: number): Map<number, Column> {
    const columns = new Map<number, Column>()
    for (const { atMs, usedBytes, liveBytes, largestFreeBytes, collections } of samples) {
        const at = endMs > 0 ? Math.round((atMs / endMs) * (COLUMNS - 1)) : 0
        const column = columns.get(at) ?? {
            ...{ atMs, usedMin: usedBytes, usedMax: usedBytes, live: liveBytes, collections },
            largestFree: largestFreeBytes,
        }
        column.usedMin = Math.min(column.usedMin, usedBytes)
        column.usedMax = Math.max(column.usedMax, usedBytes)
        column.live = Math.max(column.live, liveBytes)
        column.largestFree = Math.min(column.largestFree, largestFreeBytes)
        column.collections = collections
        columns.set(at, column)
    }
    return columns
}

function wordsOf({ atMs, usedMax, live, largestFree, collections }: Column): string {
    return [
        formatDuration(atMs),
        `${formatBytes(usedMax)} used at most`,
        `${formatBytes(live)} live at most`,
        `${formatBytes(largestFree)} in the largest free block at least`,
        `${formatCount(collections)} collections so far`,
    ].join(", ")
}
