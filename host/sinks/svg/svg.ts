import { ansiToCells, type Cell, type CellStyle } from "../terminal/charts/ansi-cells"
import { sanitize } from "../../base/sanitize"
import { CELL, glyphAt } from "./svg-glyphs"
import { fit } from "../terminal/text/text-layout"
import { ANSI, INK, LINE, lightStyle, PALE_INK, PAPER, WINDOW } from "../palette"

const DIM_OPACITY = 0.6
const FONTS = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"
/** Monospace fonts advance by 0.6 of their size; `textLength` corrects what does not. */
const FONT_SIZE = CELL.width / 0.6
const PADDING = 16
const TITLE_BAR = 32

/**
 * Text for a terminal as a picture of one, dark or light as the reader's system is: a self-contained SVG on a fixed grid of cells, without
 * outside fonts. Text is text; blocks, braille and lines are geometry, so that it looks the same
 * wherever it is shown.
 */
export function terminalToSvg(ansiText: string, title: string): string {
    const rows = ansiToCells(ansiText.replace(/\n$/, ""))
    const columns = Math.max(40, ...rows.map(row => endOf(row.at(-1))))
    const width = columns * CELL.width + 2 * PADDING
    const height = rows.length * CELL.height + TITLE_BAR + 2 * PADDING - 8
    const name = escapeXml(fit(sanitize(title), columns - 12))

    // Grounds first: ink of any colour lies on them.
    const grounds = new Shapes()
    const inks = new Shapes()
    const texts: string[] = []
    for (const [i, row] of rows.entries()) {
        const y = i * CELL.height
        for (const run of runs(row, sameBackground)) drawBackground(run, y, grounds)
        for (const cell of row) drawGlyph(cell, y, inks)
        for (const run of runs(row.filter(isText), sameText)) texts.push(textElement(run, y))
    }

    const lights = WINDOW.map(
        (color, i) => `<circle cx="${18 + i * 18}" cy="16" r="5.5" fill="${color.dark}"/>`,
    )
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
            `viewBox="0 0 ${width} ${height}" role="img">`,
        `<title>${name}</title>`,
        lightStyle(),
        `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" ` +
            `fill="${PAPER.dark}" stroke="${LINE.dark}"/>`,
        `<path d="M0.5 ${TITLE_BAR}h${width - 1}" stroke="${LINE.dark}"/>`,
        ...lights,
        `<text x="${width / 2}" y="20.5" text-anchor="middle" font-family="${FONTS}" ` +
            `font-size="12.5" fill="${PALE_INK.dark}">${name}</text>`,
        `<g transform="translate(${PADDING} ${TITLE_BAR + PADDING - 4})" font-family="${FONTS}" ` +
            `font-size="${FONT_SIZE.toFixed(2)}" fill="${INK.dark}" stroke-linecap="round">`,
        ...grounds.elements(),
        ...inks.elements(),
        ...texts,
        "</g>",
        "</svg>",
        "",
    ].join("\n")
}

/** Collects geometry by how it is painted: one path element for each look. */
class Shapes {
    private readonly paths = new Map<string, string>()

    add(attributes: string, path: string): void {
        this.paths.set(attributes, (this.paths.get(attributes) ?? "") + path)
    }

    elements(): string[] {
        return Array.from(this.paths, ([attributes, path]) => `<path ${attributes} d="${path}"/>`)
    }
}

function drawBackground(run: readonly Cell[], y: number, shapes: Shapes): void {
    const [first] = run
    const color = first && paperOf(first.style)
    if (first === undefined || color === undefined) return
    const width = (endOf(run.at(-1)) - first.column) * CELL.width
    const path = `M${first.column * CELL.width} ${y}h${width}v${CELL.height}h${-width}z`
    shapes.add(`fill="${color}" shape-rendering="crispEdges"`, path)
}

function drawGlyph(cell: Cell, y: number, shapes: Shapes): void {
    const glyph = glyphAt(cell.text, cell.column * CELL.width, y)
    if (glyph === undefined || cell.style.hidden) return
    const ink = inkOf(cell.style)
    const opacity = (glyph.opacity ?? 1) * (cell.style.dim ? DIM_OPACITY : 1)
    const faded = opacity === 1 ? "" : ` opacity="${opacity}"`
    const attributes =
        glyph.kind === "fill"
            ? `fill="${ink}" shape-rendering="crispEdges"`
            : `fill="none" stroke="${ink}" stroke-width="${glyph.strokeWidth ?? 1}"`
    shapes.add(attributes + faded, glyph.path)
}

function isText(cell: Cell): boolean {
    return !cell.style.hidden && cell.text.trim() !== "" && glyphAt(cell.text, 0, 0) === undefined
}

function textElement(run: readonly Cell[], y: number): string {
    const first = run[0]
    if (first === undefined) return ""
    const { style } = first
    const decorations = [
        style.underline ? "underline" : "",
        style.strikethrough ? "line-through" : "",
    ].filter(decoration => decoration !== "")
    const ink = inkOf(style)
    const attributes = [
        `x="${first.column * CELL.width}" y="${y + 12}"`,
        `textLength="${(endOf(run.at(-1)) - first.column) * CELL.width}"`,
        `lengthAdjust="spacingAndGlyphs"`,
        ink === INK.dark ? "" : `fill="${ink}"`,
        style.bold ? `font-weight="bold"` : "",
        style.italic ? `font-style="italic"` : "",
        style.dim ? `opacity="${DIM_OPACITY}"` : "",
        decorations.length > 0 ? `text-decoration="${decorations.join(" ")}"` : "",
    ].filter(attribute => attribute !== "")
    const text = run.map((cell, i) => (needsSpace(run[i - 1], cell) ? " " : "") + cell.text)
    return `<text ${attributes.join(" ")}>${escapeXml(text.join(""))}</text>`
}

/** Cuts a row where two neighbours do not belong together. */
function runs(row: readonly Cell[], together: (a: Cell, b: Cell) => boolean): Cell[][] {
    const result: Cell[][] = []
    for (const cell of row) {
        const run = result.at(-1)
        const last = run?.at(-1)
        if (run !== undefined && last !== undefined && together(last, cell)) run.push(cell)
        else result.push([cell])
    }
    return result
}

function sameBackground(a: Cell, b: Cell): boolean {
    return paperOf(a.style) === paperOf(b.style)
}

/** A word and its neighbour one space away share an element when they share their style. */
function sameText(a: Cell, b: Cell): boolean {
    return a.style === b.style && b.column - endOf(a) <= 1
}

function needsSpace(before: Cell | undefined, cell: Cell): boolean {
    return before !== undefined && endOf(before) < cell.column
}

function endOf(cell: Cell | undefined): number {
    return cell === undefined ? 0 : cell.column + cell.columns
}

function inkOf(style: CellStyle): string {
    const [color, otherwise] = style.inverse ? [style.background, PAPER] : [style.foreground, INK]
    return (color === undefined ? otherwise : (ANSI[color] ?? otherwise)).dark
}

function paperOf(style: CellStyle): string | undefined {
    if (style.inverse) return (style.foreground === undefined ? INK : ANSI[style.foreground])?.dark
    return style.background === undefined ? undefined : ANSI[style.background]?.dark
}

/** A text from anywhere, fit to be shown and as XML. */
export function safeXml(text: string): string {
    return escapeXml(sanitize(text))
}

/** Text as SVG takes it, in an element or in an attribute. */
export function escapeXml(text: string): string {
    return text
        .replace(/[\ufffe\uffff]/g, "\ufffd")
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;")
}
