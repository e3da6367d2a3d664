import { framePlace, type Frame } from "../../analysis/profile/profile-frames"
import { share } from "../terminal/charts/gauge"
import { sanitize } from "../../base/sanitize"
import { escapeXml } from "./svg"
import { fit } from "../terminal/text/text-layout"
import { FLAMES, INK, lightStyle, LINE, PALE_INK, PAPER, type Color } from "../palette"
import { formatPercent } from "../../base/format-units"

/** What a flame graph says beside its frames. */
export interface FlameGraphWords {
    title: string
    subtitle: string
    /** How a value reads: `12.3 kB`, `1,234 allocations`. */
    format: (value: number) => string
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

/** By kind of frame: its colours, and what the legend calls it. */
const LOOKS: Record<Frame["kind"], { colors: readonly Color[]; words: string }> = {
    program: {
        colors: FLAMES.program,
        words: "your functions",
    },
    library: {
        colors: FLAMES.library,
        words: "libraries",
    },
    runtime: { colors: FLAMES.runtime, words: "the runtime itself" },
    block: {
        colors: FLAMES.block,
        words: "what was allocated",
    },
}

/**
 * A flame graph as a self-contained SVG: no script, no outside font. Callers stand below whom they
 * called, widths are shares of the whole, the top of each stack is what was allocated. A frame tells
 * its place and value when the pointer rests on it.
 */
export function renderFlameGraph(root: Frame, words: FlameGraphWords): string {
    const scale = root.value > 0 ? (WIDTH - 2 * MARGIN) / root.value : 0
    const rows = depthOf(root, scale)
    const height = HEADER + rows * ROW + MARGIN
    const boxes: string[] = []
    const draw = (frame: Frame, x: number, row: number): void => {
        const width = frame.value * scale
        if (width < MIN_WIDTH) return
        boxes.push(box(frame, x, HEADER + (rows - 1 - row) * ROW, width, root, words))
        let left = x
        for (const child of frame.children) {
            draw(child, left, row + 1)
            left += child.value * scale
        }
    }
    draw({ ...root, name: `all: ${words.format(root.value)}`, kind: "runtime" }, MARGIN, 0)

    return [
        `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" ` +
            `viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="${FONTS}">`,
        `<title>${safe(words.title)}</title>`,
        `<desc>${safe(words.subtitle)}</desc>`,
        lightStyle(),
        `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8" ` +
            `fill="${PAPER.dark}" stroke="${LINE.dark}"/>`,
        `<text x="${MARGIN}" y="28" font-size="15" font-weight="bold" fill="${INK.dark}">${safe(words.title)}</text>`,
        `<text x="${MARGIN}" y="48" font-size="12" fill="${PALE_INK.dark}">${safe(words.subtitle)}</text>`,
        ...legend(),
        `<g font-size="${FONT_SIZE}" fill="${FLAMES.ink.dark}">`,
        ...boxes,
        "</g>",
        "</svg>",
        "",
    ].join("\n")
}

function box(
    frame: Frame,
    x: number,
    y: number,
    width: number,
    root: Frame,
    { format }: FlameGraphWords,
): string {
    const place = framePlace(frame)
    const figures = `${format(frame.value)}, ${formatPercent(share(frame.value, root.value))}`
    const hover = [place === "" ? frame.name : `${frame.name}  ${place}`, figures]
    // A hair of the ground between neighbours, where there is room for it.
    const inner = Math.max(MIN_WIDTH, width - (width > 3 ? 1 : 0))
    const rect =
        `<rect x="${px(x)}" y="${y}" width="${px(inner)}" height="${ROW - 1}" rx="1.5" ` +
        `fill="${colorOf(frame)}"/>`
    const room = Math.floor((inner - 6) / CHARACTER)
    const name = frame.kind === "block" && frame.line ? `${frame.name} :${frame.line}` : frame.name
    const label = room < 3 ? "" : fit(sanitize(name), room)
    const text =
        label === "" ? "" : `<text x="${px(x + 3)}" y="${y + 13}">${escapeXml(label)}</text>`
    return `<g><title>${hover.map(safe).join("\n")}</title>${rect}${text}</g>`
}

function legend(): string[] {
    let x = WIDTH - MARGIN
    return Object.values(LOOKS)
        .reverse()
        .flatMap(({ colors, words }) => {
            x -= words.length * 7 + 24
            return [
                `<rect x="${x}" y="54" width="11" height="11" rx="2" fill="${colors[0]!.dark}"/>`,
                `<text x="${x + 16}" y="64" font-size="11" fill="${PALE_INK.dark}">${words}</text>`,
            ]
        })
}

/** Rows that have a frame wide enough to draw. */
function depthOf(frame: Frame, scale: number): number {
    if (frame.value * scale < MIN_WIDTH) return 0
    return 1 + Math.max(0, ...frame.children.map(child => depthOf(child, scale)))
}

/** The same name has the same colour in every picture. */
function colorOf({ kind, name }: Pick<Frame, "kind" | "name">): string {
    const { colors } = LOOKS[kind]
    let hash = 0x811c9dc5
    for (const character of name)
        hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0
    return colors[hash % colors.length]!.dark
}

function px(value: number): string {
    return String(Math.round(value * 100) / 100)
}

function safe(text: string): string {
    return escapeXml(sanitize(text))
}
