import type { Laid } from "../../../documents/layout/layout-report"
import type { Style } from "../text/style"

const BYTES_A_ROW = 16
/** What is longer is a text or an array, and looks the same all over. */
const MAX_ROWS = 8
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
const MANY = "#"
/** Several variants use the byte. */
const SHARED = "*"
const PADDING = "."

/** The letters of fields by their names, in an order that all layouts of a type share. */
export function lettersOf(names: readonly string[]): Map<string, string> {
    return new Map(names.map((name, i) => [name, LETTERS[i] ?? MANY]))
}

/** The bytes of a layout, a letter each: the field's; a point is padding. */
export function byteMap(
    { bytes, fields }: Laid,
    letters: ReadonlyMap<string, string>,
    style: Style,
): string[] {
    const cells: string[] = Array.from({ length: bytes }, () => PADDING)
    for (const { name, at, bytes: own } of fields)
        for (let i = at; i < at + own; i++)
            cells[i] = cells[i] === PADDING ? (letters.get(name) ?? MANY) : SHARED
    const rows: string[] = []
    for (let at = 0; at < bytes; at += BYTES_A_ROW) {
        if (rows.length === MAX_ROWS) {
            rows.push(style.colors.dim(`${" ".repeat(WIDTH)}  … and ${bytes - at} bytes more`))
            break
        }
        const row = cells.slice(at, at + BYTES_A_ROW).map(cell => paint(cell, style))
        rows.push(`${style.colors.dim(String(at).padStart(WIDTH))}  ${row.join("")}`.trimEnd())
    }
    return rows
}

/** Columns of an offset. */
const WIDTH = 5

/** A letter in its field's colour; neighbours never have the same. */
export function paint(letter: string, { colors: c }: Style): string {
    if (letter === PADDING) return c.dim(` ${PADDING} `)
    if (letter === SHARED || letter === MANY) return c.inverse(` ${letter} `)
    const paints = [c.bgCyan, c.bgYellow, c.bgMagenta, c.bgGreen, c.bgBlue]
    return paints[LETTERS.indexOf(letter) % paints.length]!(c.black(` ${letter} `))
}
