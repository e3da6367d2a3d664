import { formatBytesExact } from "../../base/format-units"
import { sanitize } from "../../base/sanitize"
import type { SizePart, SizeReport } from "../../documents/size/size-report"
import type { ImageKind } from "../../model/program/image-layout"
import { IMAGE_LOOKS } from "../image-looks"
import { INK, lightStyle, PAPER, QUANTITIES, type Color } from "../palette"
import { safeXml } from "./svg"
import { drawLegend, FONTS, legendHeight } from "./svg-legend"
import { treemap } from "./treemap"

const WIDTH = 1000
const HEIGHT = 640
const MARGIN = 20
const HEADER = 44
/** Of a file's box, for its name; a box that is lower has none. */
const TITLE = 16
const CHARACTER = 6.6
/** A box that is smaller has no name in it. */
const MIN_NAMED = { width: 34, height: 13 }

/**
 * What a program's flash is made of, as a self-contained SVG: a box for each file, in it one for each function,
 * text and table, all in proportion to their bytes. A box tells its own when the pointer rests on it.
 */
export function renderSizeTreemap({ parts, byKind, byFile, program }: SizeReport): string {
    const legend = byKind.map(({ name, bytes }) => ({
        color: IMAGE_LOOKS[name as ImageKind].color,
        words: `${IMAGE_LOOKS[name as ImageKind].words} ${formatBytesExact(bytes)}`,
    }))
    const bottom = HEADER + HEIGHT + 16
    const total = bottom + legendHeight(legend, WIDTH) + MARGIN
    const width = WIDTH + 2 * MARGIN
    const area = { x: MARGIN, y: HEADER, width: WIDTH, height: HEIGHT }
    const title = `${sanitize(program.entry)}: ${formatBytesExact(program.bytecodeBytes)} of flash`
    const files = byFile.map(({ name, bytes }) => ({ size: bytes, value: name }))
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" role="img">`,
        `<title>${safeXml(title)}</title>`,
        lightStyle(),
        `<rect width="${width}" height="${total}" fill="${PAPER.dark}"/>`,
        `<g font-family="${FONTS}" font-size="11" fill="${INK.dark}">`,
        `<text x="${MARGIN}" y="28" font-size="15" font-weight="bold">${safeXml(title)}</text>`,
        ...treemap(files, area).flatMap(box => {
            const own = parts.filter(({ file = "" }) => file === box.value)
            return fileBox(box, box.value, own)
        }),
        `<g transform="translate(${MARGIN} ${bottom})">`,
        ...drawLegend(legend, WIDTH),
        "</g>",
        "</g>",
        "</svg>",
        "",
    ].join("\n")
}

interface Box {
    x: number
    y: number
    width: number
    height: number
}

function fileBox(box: Box, file: string, parts: readonly SizePart[]): string[] {
    const name = file === "" ? "of no single file" : file
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
    const hasTitle = box.height > 3 * TITLE && box.width > 60
    const inner = {
        x: box.x + 1,
        y: box.y + (hasTitle ? TITLE : 1),
        width: Math.max(0, box.width - 2),
        height: Math.max(0, box.height - (hasTitle ? TITLE : 1) - 1),
    }
    const nodes = parts.map(part => ({ size: part.bytes, value: part }))
    return [
        rect(box, QUANTITIES.free, `${name}: ${formatBytesExact(bytes)}`),
        ...(hasTitle ? [label(box, 12, name, INK)] : []),
        ...treemap(nodes, inner).flatMap(({ value, ...at }) => {
            const what =
                value.name === undefined || value.name === ""
                    ? IMAGE_LOOKS[value.kind].words
                    : value.name
            const kept = value.keptBy.length > 0 ? `, kept by ${value.keptBy.join(", ")}` : ""
            return [
                rect(
                    at,
                    IMAGE_LOOKS[value.kind].color,
                    `${what}: ${formatBytesExact(value.bytes)}${kept}`,
                ),
                ...(at.width > MIN_NAMED.width && at.height > MIN_NAMED.height
                    ? [label(at, 11, what, PAPER)]
                    : []),
            ]
        }),
    ]
}

function rect({ x, y, width, height }: Box, { dark }: Color, title: string): string {
    const [left, top] = [x.toFixed(1), y.toFixed(1)]
    const [w, h] = [Math.max(0, width - 0.5).toFixed(1), Math.max(0, height - 0.5).toFixed(1)]
    return `<rect x="${left}" y="${top}" width="${w}" height="${h}" fill="${dark}"><title>${safeXml(sanitize(title))}</title></rect>`
}

/** A name as far as it fits, over which the pointer finds the box. */
function label({ x, y, width }: Box, down: number, text: string, { dark }: Color): string {
    const room = Math.max(1, Math.floor((width - 6) / CHARACTER))
    const plain = sanitize(text)
    const shown = plain.length > room ? `${plain.slice(0, room - 1)}…` : plain
    return `<text x="${(x + 3).toFixed(1)}" y="${(y + down).toFixed(1)}" fill="${dark}" pointer-events="none">${safeXml(shown)}</text>`
}
