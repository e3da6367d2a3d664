import type { Column } from "./downsample"
import type { Style } from "./style"

/** What one character column of a timeline shows: heights from the bottom, eighths of a line. */
export interface PlotColumn {
    live: number
    /** Of the least and the most used bytes, in the left and in the right half of the column. */
    least: readonly [number, number]
    most: readonly [number, number]
}

/** Turns a column's two halves into heights on a chart of `rows` lines. */
export function plotColumn(
    left: Column | undefined,
    right: Column | undefined,
    capacityBytes: number,
    rows: number,
): PlotColumn {
    // Anything at all shows: the least height is one step.
    const height = (bytes = 0): number =>
        bytes > 0 ? Math.max(1, Math.round(Math.min(1, bytes / capacityBytes) * rows * 8)) : 0
    return {
        live: height(Math.max(left?.liveMax ?? 0, right?.liveMax ?? 0)),
        least: [height(left?.usedMin), height(right?.usedMin)],
        most: [height(left?.usedMax), height(right?.usedMax)],
    }
}

/** Draws one line of a timeline; row 0 is the lowest. */
export function drawRow(columns: readonly PlotColumn[], row: number, { colors: c }: Style): string {
    const paints: Record<Paint, (text: string) => string> = {
        none: String,
        live: c.cyan,
        garbage: c.yellow,
        "live on garbage": text => c.bgYellow(c.cyan(text)),
    }
    let line = ""
    let run = ""
    let paint: Paint = "none"
    for (const column of columns) {
        const cell = drawCell(column, row * 8, c.isColorSupported)
        if (cell.paint !== paint) {
            if (run !== "") line += paints[paint](run)
            run = ""
            paint = cell.paint
        }
        run += cell.glyph
    }
    return line + paints[paint](run)
}

/** Legend entries of live bytes, garbage, and garbage at times. */
export function legendGlyphs({ colors: c }: Style): {
    live: string
    always: string
    times: string
} {
    return {
        live: c.cyan("█"),
        always: c.yellow(c.isColorSupported ? "█" : "⣿"),
        times: c.yellow("⢕"),
    }
}

type Paint = "none" | "live" | "garbage" | "live on garbage"

const EIGHTHS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const

/** A full cell's height. */
const FULL = 8

function drawCell(
    column: PlotColumn,
    bottom: number,
    isColored: boolean,
): { glyph: string; paint: Paint } {
    const within = (height: number): number => Math.max(0, Math.min(FULL, height - bottom))
    const live = within(column.live)
    const always = within(Math.min(...column.least))
    const atTimes = within((column.most[0] + column.most[1]) / 2)
    if (live === 0 && within(Math.max(...column.most)) === 0) return { glyph: " ", paint: "none" }
    if (live > 0) {
        // Two areas meet in this cell. The ground shows the upper one where it fills most of what
        // is left; without colours there is no ground.
        const isGarbageAbove = live < FULL && atTimes >= (FULL + live) / 2
        const paint = isColored && isGarbageAbove ? "live on garbage" : "live"
        return { glyph: EIGHTHS[live] ?? "", paint }
    }
    const most = within(Math.max(...column.most))
    const glyph = isColored ? (most === FULL && always < 4 ? "▒" : EIGHTHS[most] ?? "") : braille(column, bottom)
    return { glyph, paint: "garbage" }
}

/** A character's braille dots from the bottom up: the left half's, the right half's. */
const BRAILLE_DOTS = [
    [0x40, 0x04, 0x02, 0x01],
    [0x80, 0x20, 0x10, 0x08],
] as const

/** Dense dots up to the least used, every other dot and the topmost up to the most used. */
function braille(column: PlotColumn, bottom: number): string {
    let bits = 0
    for (const half of [0, 1] as const) {
        const [least, most] = [column.least[half], column.most[half]].map(height =>
            Math.round((height - bottom) / 2),
        ) as [number, number]
        for (let dot = 0; dot < 4; dot++) {
            const isDense = dot < least
            const isSparse = dot < most && (dot === most - 1 || (dot + half) % 2 === 0)
            if (isDense || isSparse) bits |= BRAILLE_DOTS[half][dot] ?? 0
        }
    }
    return bits === 0 ? " " : String.fromCodePoint(0x2800 + bits)
}
