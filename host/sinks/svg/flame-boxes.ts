import { sanitize } from "../../base/sanitize"
import { FLAMES, INK, lightStyle, LINE, PALE_INK, PAPER } from "../palette"
import { fit } from "../terminal/text/text-layout"
import { escapeXml, safeXml } from "./svg"

/** A frame as it is drawn. */
export interface FlameBox {
    label: string
    /** What shows when the pointer rests on it, a line each. */
    hover: readonly string[]
    /** Its width, and no less than its children's in all. */
    value: number
    fill: string
    children: readonly FlameBox[]
}

/** What a flame graph says beside its frames. */
export interface FlameWords {
    title: string
    subtitle: string
    legend: readonly { fill: string; words: string }[]
}

const WIDTH = 1200
const MARGIN = 16
const HEADER = 76
const ROW = 19
const FONT_SIZE = 11.5
/** What a character of a monospace font takes. */
const CHARACTER = FONT_SIZE * 0.6
/** Frames narrower than this, in px, are left out: nobody could see or hit them. */
const MIN_WIDTH = 0.5
const FONTS = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"

/**
 * Frames as a self-contained SVG: no script, no outside font. Callers stand below whom they called. A frame
 * tells its place and value when the pointer rests on it.
 */
export function drawFlames(root: FlameBox, { title, subtitle, legend }: FlameWords): string {
    const scale = root.value > 0 ? (WIDTH - 2 * MARGIN) / root.value : 0
    const rows = depthOf(root, scale)
    const height = HEADER + rows * ROW + MARGIN
    const boxes: string[] = []
    const draw = (box: FlameBox, x: number, row: number): void => {
        const width = box.value * scale
        if (width < MIN_WIDTH) return
        boxes.push(drawBox(box, x, HEADER + (rows - 1 - row) * ROW, width))
        let left = x
        for (const child of box.children) {
            draw(child, left, row + 1)
            left += child.value * scale
        }
    }
    draw(root, MARGIN, 0)

    return [
        `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" ` +
            `viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="${FONTS}">`,
        `<title>${safeXml(title)}</title>`,
        `<desc>${safeXml(subtitle)}</desc>`,
        lightStyle(),
        `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8" ` +
            `fill="${PAPER.dark}" stroke="${LINE.dark}"/>`,
        `<text x="${MARGIN}" y="28" font-size="15" font-weight="bold" fill="${INK.dark}">${safeXml(title)}</text>`,
        `<text x="${MARGIN}" y="48" font-size="12" fill="${PALE_INK.dark}">${safeXml(subtitle)}</text>`,
        ...drawLegend(legend),
        `<g font-size="${FONT_SIZE}" fill="${FLAMES.ink.dark}">`,
        ...boxes,
        "</g>",
        "</svg>",
        "",
    ].join("\n")
}

function drawBox({ label, hover, fill }: FlameBox, x: number, y: number, width: number): string {
    // A hair of the ground between neighbours, where there is room for it.
    const inner = Math.max(MIN_WIDTH, width - (width > 3 ? 1 : 0))
    const rect =
        `<rect x="${px(x)}" y="${y}" width="${px(inner)}" height="${ROW - 1}" rx="1.5" ` +
        `fill="${fill}"/>`
    const room = Math.floor((inner - 6) / CHARACTER)
    const text = room < 3 ? "" : fit(sanitize(label), room)
    const name = text === "" ? "" : `<text x="${px(x + 3)}" y="${y + 13}">${escapeXml(text)}</text>`
    return `<g><title>${hover.map(safeXml).join("\n")}</title>${rect}${name}</g>`
}

function drawLegend(entries: FlameWords["legend"]): string[] {
    let x = WIDTH - MARGIN
    return [...entries].reverse().flatMap(({ fill, words }) => {
        x -= words.length * 7 + 24
        return [
            `<rect x="${x}" y="54" width="11" height="11" rx="2" fill="${fill}"/>`,
            `<text x="${x + 16}" y="64" font-size="11" fill="${PALE_INK.dark}">${words}</text>`,
        ]
    })
}

/** Rows that have a frame wide enough to draw. */
function depthOf({ value, children }: FlameBox, scale: number): number {
    if (value * scale < MIN_WIDTH) return 0
    return 1 + Math.max(0, ...children.map(child => depthOf(child, scale)))
}

function px(value: number): string {
    return String(Math.round(value * 100) / 100)
}
