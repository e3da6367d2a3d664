/**
 * Characters that make pictures, drawn as geometry on the cell grid: fonts disagree about their
 * size and leave gaps between them, so a chart made of them would look different everywhere.
 */

/** Size of a character cell, px. The glyphs below are drawn for it. */
export const CELL = { width: 8, height: 16 } as const

/** A glyph: filled outlines, or strokes of a width, as an SVG path from the cell's top left. */
export interface Glyph {
    kind: "fill" | "stroke"
    path: string
    /** Stroke width, px. */
    strokeWidth?: number
    opacity?: number
}

/** The drawing of a character at x, y; undefined when a font must draw it. */
export function glyphAt(character: string, x: number, y: number): Glyph | undefined {
    const code = character.codePointAt(0) ?? 0
    if (code > 0x2800 && code <= 0x28ff) return braille(code - 0x2800, x, y)
    if (code >= 0x2580 && code <= 0x2595) return block(code, x, y)
    return STROKES[character]?.(x, y)
}

function rect(x: number, y: number, width: number, height: number): string {
    return `M${x} ${y}h${width}v${height}h${-width}z`
}

function block(code: number, x: number, y: number): Glyph {
    const { width, height } = CELL
    const filled = (path: string, opacity = 1): Glyph => ({ kind: "fill", path, opacity })
    if (code === 0x2580) return filled(rect(x, y, width, height / 2))
    if (code <= 0x2588) {
        const part = ((code - 0x2580) * height) / 8
        return filled(rect(x, y + height - part, width, part))
    }
    if (code <= 0x258f) return filled(rect(x, y, ((0x2590 - code) * width) / 8, height))
    if (code === 0x2590) return filled(rect(x + width / 2, y, width / 2, height))
    if (code <= 0x2593) return filled(rect(x, y, width, height), (code - 0x2590) / 4)
    if (code === 0x2594) return filled(rect(x, y, width, height / 8))
    return filled(rect(x + (width * 7) / 8, y, width / 8, height))
}

/** Offset of each braille dot by its bit in the code point, px. */
const DOTS = [
    [2, 2],
    [2, 6],
    [2, 10],
    [6, 2],
    [6, 6],
    [6, 10],
    [2, 14],
    [6, 14],
] as const

/** Dots are strokes without length: their round caps are what shows, in a few bytes each. */
function braille(bits: number, x: number, y: number): Glyph {
    const path = DOTS.filter((_, bit) => bits & (1 << bit))
        .map(([dx, dy]) => `M${x + dx} ${y + dy}h0`)
        .join("")
    return { kind: "stroke", path, strokeWidth: 2.4 }
}

type Draw = (x: number, y: number) => Glyph

function lines(path: (x: number, y: number) => string, strokeWidth = 1): Draw {
    return (x, y) => ({ kind: "stroke", path: path(x, y), strokeWidth })
}

/** Lines from the cell's middle to its sides. */
function arms(sides: string, strokeWidth = 1): Draw {
    return lines((x, y) => {
        const toSide: Record<string, string> = { l: "h-4", r: "h4", u: "v-8", d: "v8" }
        return [...sides].map(side => `M${x + 4} ${y + 8}${toSide[side] ?? ""}`).join("")
    }, strokeWidth)
}

const STROKES: Readonly<Record<string, Draw>> = {
    "─": arms("lr"),
    "│": arms("ud"),
    "┌": arms("rd"),
    "┐": arms("ld"),
    "└": arms("ru"),
    "┘": arms("lu"),
    "├": arms("rud"),
    "┤": arms("lud"),
    "┬": arms("lrd"),
    "┴": arms("lru"),
    "┼": arms("lrud"),
    "━": arms("lr", 3),
    "╸": arms("l", 3),
    "╌": lines((x, y) => `M${x + 1} ${y + 8}h2m2 0h2`),
    "·": lines((x, y) => `M${x + 4} ${y + 8}h0`, 2),
    "✓": lines((x, y) => `M${x + 1} ${y + 9}l2 3l4-8`, 1.8),
    "✗": lines((x, y) => `M${x + 1} ${y + 5}l6 7m0-7l-6 7`, 1.8),
}
