import stringWidth from "string-width"
import { sanitize } from "../../../base/sanitize"
import { graphemes, SGR } from "../text/text-layout"

/** How a character is drawn. Colours are ANSI's: 0 to 7, bright ones 8 to 15. */
export interface CellStyle {
    foreground: number | undefined
    background: number | undefined
    bold: boolean
    dim: boolean
    italic: boolean
    underline: boolean
    inverse: boolean
    hidden: boolean
    strikethrough: boolean
}

/** One character as people count them, at its place on the line. */
export interface Cell {
    text: string
    column: number
    /** Columns it takes: 1, or 2 for wide characters. */
    columns: number
    style: CellStyle
}

const PLAIN: CellStyle = {
    foreground: undefined,
    background: undefined,
    bold: false,
    dim: false,
    italic: false,
    underline: false,
    inverse: false,
    hidden: false,
    strikethrough: false,
}

/**
 * Lays terminal text out in lines of cells. Understands the codes picocolors writes (the 16
 * colours and the attributes); other escape sequences and control characters vanish.
 */
export function ansiToCells(text: string): Cell[][] {
    let style = PLAIN
    return text.split(/\r?\n/).map(line => {
        const cells: Cell[] = []
        let column = 0
        for (const [i, part] of line.split(SGR).entries()) {
            if (i % 2 === 1) {
                style = applySgr(style, part)
                continue
            }
            for (const { segment } of graphemes(sanitize(part))) {
                const columns = stringWidth(segment)
                if (columns === 0) continue
                cells.push({ text: segment, column, columns, style })
                column += columns
            }
        }
        return cells
    })
}

function applySgr(style: CellStyle, sequence: string): CellStyle {
    let next = style
    for (const code of sequence.slice(2, -1).split(";").map(Number)) {
        // 256 and true colours: the rest are their parameters, not codes.
        if (code === 38 || code === 48) break
        next = { ...next, ...change(code) }
    }
    return next
}

function change(code: number): Partial<CellStyle> {
    if (code >= 30 && code <= 37) return { foreground: code - 30 }
    if (code >= 40 && code <= 47) return { background: code - 40 }
    if (code >= 90 && code <= 97) return { foreground: code - 82 }
    if (code >= 100 && code <= 107) return { background: code - 92 }
    return CHANGES[code] ?? {}
}

const CHANGES: Readonly<Record<number, Partial<CellStyle>>> = {
    0: PLAIN,
    1: { bold: true },
    2: { dim: true },
    3: { italic: true },
    4: { underline: true },
    7: { inverse: true },
    8: { hidden: true },
    9: { strikethrough: true },
    22: { bold: false, dim: false },
    23: { italic: false },
    24: { underline: false },
    27: { inverse: false },
    28: { hidden: false },
    29: { strikethrough: false },
    39: { foreground: undefined },
    49: { background: undefined },
}
