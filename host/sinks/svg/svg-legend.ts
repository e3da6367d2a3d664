import { INK, LINE, type Color } from "../palette"
import { escapeXml } from "./svg"

export const FONTS =
    "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace"

/** How a picture shows garbage: what it was, faded. */
export const GARBAGE_OPACITY = 0.38

/** A coloured box and what it means. */
export interface LegendEntry {
    color: Color
    opacity?: number | undefined
    stroke?: Color
    words: string
}

const FONT_SIZE = 12
/** What a character of a monospace font takes. */
const CHARACTER = FONT_SIZE * 0.61
const BOX = 12
const ROW = 20
const GAP = 26

interface Placed extends LegendEntry {
    x: number
    y: number
}

function place(entries: readonly LegendEntry[], width: number): Placed[] {
    let x = 0
    let y = 0
    return entries.map(entry => {
        const own = BOX + 6 + entry.words.length * CHARACTER
        if (x > 0 && x + own > width) {
            x = 0
            y += ROW
        }
        const placed = { ...entry, x, y }
        x += own + GAP
        return placed
    })
}

/** Height of a legend of this width, px. */
export function legendHeight(entries: readonly LegendEntry[], width: number): number {
    return Math.max(0, ...place(entries, width).map(({ y }) => y + ROW))
}

/** The elements of a legend, from 0, 0. */
export function drawLegend(entries: readonly LegendEntry[], width: number): string[] {
    return place(entries, width).map(({ x, y, color, opacity = 1, stroke, words }) => {
        const edge = (stroke ?? LINE).dark
        return (
            `<rect x="${x + 0.5}" y="${y + 0.5}" width="${BOX - 1}" height="${BOX - 1}" fill="${color.dark}" fill-opacity="${opacity}" stroke="${edge}"/>` +
            `<text x="${x + BOX + 6}" y="${y + 10}" font-size="${FONT_SIZE}" fill="${INK.dark}">${escapeXml(words)}</text>`
        )
    })
}
