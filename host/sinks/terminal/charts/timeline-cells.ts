import { downsample, usedCurve, type Span } from "./downsample"
import type { Sample } from "../../../documents/sim-report"
import type { Style } from "../text/style"

/** What one character column of a timeline shows; heights from the bottom, eighths of a line. */
export interface PlotColumn {
    live: number
    /** Used bytes, one height for each part of the column. */
    used: readonly number[]
    /** Collections that ran in its time. */
    collections: number
    /** False before the first sample and after the end of the run. */
    isKnown: boolean
}

/** A cell's height. */
const FULL = 8

/**
 * Turns samples into `width` columns of a chart of `rows` lines. Blocks of colour show one height a
 * column; dots, used when nothing is coloured, show two.
 */
export function plotColumns(
    samples: readonly Sample[],
    span: Span & { capacityBytes: number; rows: number },
    width: number,
    { colors: c }: Style,
): PlotColumn[] {
    const parts = c.isColorSupported ? 1 : 2
    const columns = downsample(samples, width * parts, span)
    const curve = usedCurve(columns)
    // Anything at all shows: the least height is one step.
    const height = (bytes: number): number =>
        bytes > 0
            ? Math.max(1, Math.round(Math.min(1, bytes / span.capacityBytes) * span.rows * FULL))
            : 0
    return Array.from({ length: width }, (_, x) => {
        const here = columns.slice(x * parts, (x + 1) * parts)
        return {
            live: height(Math.max(...here.map(column => column?.liveMax ?? 0))),
            used: curve.slice(x * parts, (x + 1) * parts).map(bytes => height(bytes ?? 0)),
            collections: here.reduce((sum, column) => sum + (column?.collections ?? 0), 0),
            isKnown: here.some(column => column !== undefined),
        }
    })
}

/** Draws one line of a timeline; row 0 is the lowest. */
export function drawRow(columns: readonly PlotColumn[], row: number, { colors: c }: Style): string {
    const paints: Record<Paint, (text: string) => string> = {
        none: String,
        live: c.blueBright,
        garbage: c.gray,
        "live on garbage": text => c.bgBlackBright(c.blueBright(text)),
    }
    let line = ""
    let run = ""
    let paint: Paint = "none"
    for (const column of columns) {
        const cell = drawCell(column, row * FULL)
        if (cell.paint !== paint) {
            line += run === "" ? "" : paints[paint](run)
            run = ""
            paint = cell.paint
        }
        run += cell.glyph
    }
    return line + paints[paint](run)
}

/** How garbage looks: a block in its colour, dots where nothing is coloured. */
export function garbageGlyph({ colors: c }: Style): string {
    return c.isColorSupported ? c.gray("█") : "⣿"
}

type Paint = "none" | "live" | "garbage" | "live on garbage"

const EIGHTHS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const

function drawCell(column: PlotColumn, bottom: number): { glyph: string; paint: Paint } {
    const within = (height: number): number => Math.max(0, Math.min(FULL, height - bottom))
    const live = within(column.live)
    const [left = 0, right] = column.used.map(within)
    if (live === 0) {
        const glyph = right === undefined ? (EIGHTHS[left] ?? "") : braille(left, right)
        return { glyph, paint: glyph === " " ? "none" : "garbage" }
    }
    // Two areas meet in this cell: the upper one is its ground where it fills most of what is left.
    // Without colours there is no ground, and the cell shows live bytes only.
    const isOnGarbage = right === undefined && live < FULL && left >= (FULL + live) / 2
    return { glyph: EIGHTHS[live] ?? "", paint: isOnGarbage ? "live on garbage" : "live" }
}

/** A character's braille dots from the bottom up: the left half's, the right half's. */
const LEFT_DOTS = [0x40, 0x04, 0x02, 0x01]
const RIGHT_DOTS = [0x80, 0x20, 0x10, 0x08]

/** Two heights as dots, four high. Anything above zero shows. */
function braille(left: number, right: number): string {
    const lit = (dots: readonly number[], height: number): number =>
        dots.slice(0, Math.ceil(height / 2)).reduce((bits, dot) => bits | dot, 0)
    const bits = lit(LEFT_DOTS, left) | lit(RIGHT_DOTS, right)
    return bits === 0 ? " " : String.fromCodePoint(0x2800 + bits)
}
