import { formatBytesExact, formatCount, formatDuration } from "../../base/format-units"
import type { Histograms } from "../../documents/profile/histograms"

/** A histogram for people: its title, its columns, and of each row its name, its figures and how much it is. */
export interface HistogramText {
    title: string
    columns: string[]
    rows: { name: string; cells: string[]; weight: number }[]
}

/**
 * The histograms in words, each with the figure that its bars are drawn of.
 * @param moment when live is: `at the end`
 */
export function histogramTexts(
    { sizes, ages, survived }: Histograms,
    moment: string,
): HistogramText[] {
    const counts = ["blocks", "bytes", "live", "bytes live"]
    const all = [
        {
            ...{ title: "By size", columns: counts },
            rows: sizes.map(row => ({
                name: `≤ ${formatBytesExact(row.atMostBytes)}`,
                cells: [row.allocations, row.bytes, row.liveBlocks, row.liveBytes].map(textOf),
                weight: row.bytes,
            })),
        },
        {
            ...{ title: "By collections lived through", columns: counts },
            rows: survived.map((row, i) => ({
                name: rangeText(row.atLeastCollections, survived[i + 1]?.atLeastCollections),
                cells: [row.allocations, row.bytes, row.liveBlocks, row.liveBytes].map(textOf),
                weight: row.bytes,
            })),
        },
        {
            ...{ title: `Live ${moment}, by age`, columns: ["blocks", "bytes"] },
            rows: ages.map((row, i) => ({
                name:
                    row.atMostMs === null
                        ? `> ${formatDuration(ages[i - 1]?.atMostMs ?? 0)}`
                        : `≤ ${formatDuration(row.atMostMs)}`,
                cells: [row.liveBlocks, row.liveBytes].map(textOf),
                weight: row.liveBytes,
            })),
        },
    ]
    return all.filter(({ rows }) => rows.length > 0)
}

function textOf(figure: number, column: number): string {
    return column % 2 === 0 ? formatCount(figure) : formatBytesExact(figure)
}

/** `none`, `1`, `2 to 3`, `64 and more`. */
function rangeText(from: number, next: number | undefined): string {
    if (from === 0) return "none"
    if (next === undefined) return `${formatCount(from)} and more`
    return next - from === 1
        ? formatCount(from)
        : `${formatCount(from)} to ${formatCount(next - 1)}`
}
