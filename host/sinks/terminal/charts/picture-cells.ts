import type { Picture } from "../../../model/shown"
import type { Style } from "../text/style"

/** Columns and rows of dots in a character of braille, and their bits (Unicode 15, block 2800). */
const BRAILLE = { first: 0x2800, columns: 2, rows: 4 } as const
const DOTS = [
    [0x01, 0x08],
    [0x02, 0x10],
    [0x04, 0x20],
    [0x40, 0x80],
] as const
/** How far a pixel is from the ground to be told from it, as a share of the brightest: thin lines are drawn small. */
const INK = 1 / 8

/** A picture in characters: lines that are all as many columns wide. */
export interface PictureCells {
    lines: string[]
    columns: number
}

/**
 * A picture in characters. Black and white is drawn in dots, eight a character; colours, where they are
 * wanted, in half blocks. One that is too wide is drawn at a half, a third and so on of its size.
 * @returns at most `style.width` columns and `rows` lines of it
 */
export function renderPicture(picture: Picture, style: Style, rows = Infinity): PictureCells {
    const isColored = style.colors.isColorSupported && hasColors(picture)
    const columns = isColored ? 1 : BRAILLE.columns
    const high = isColored ? 2 : BRAILLE.rows
    const scale = Math.max(
        1,
        Math.ceil(picture.width / columns / Math.max(1, style.width)),
        Math.ceil(picture.height / high / Math.max(1, rows)),
    )
    const small = scale === 1 ? picture : shrunk(picture, scale)
    return {
        lines: isColored ? halfBlocks(small) : braille(small),
        columns: Math.ceil(small.width / columns),
    }
}

function hasColors({ rgb }: Picture): boolean {
    for (let i = 0; i < rgb.length; i += 3)
        if (rgb[i] !== rgb[i + 1] || rgb[i] !== rgb[i + 2]) return true
    return false
}

function braille({ width, height, rgb }: Picture): string[] {
    const lit = litFrom(rgb)
    const lines: string[] = []
    for (let top = 0; top < height; top += BRAILLE.rows) {
        let line = ""
        for (let left = 0; left < width; left += BRAILLE.columns) {
            let dots = 0
            for (let y = top; y < Math.min(top + BRAILLE.rows, height); y++)
                for (let x = left; x < Math.min(left + BRAILLE.columns, width); x++)
                    if (brightness(rgb, y * width + x) >= lit) dots |= DOTS[y - top]![x - left]!
            line += String.fromCharCode(BRAILLE.first + dots)
        }
        lines.push(line)
    }
    return lines
}

/** Least brightness that is drawn: on a dark ground all but the ground, on a bright one the ground alone. */
function litFrom(rgb: Uint8Array): number {
    const pixels = rgb.length / 3
    let most = 0
    let sum = 0
    for (let pixel = 0; pixel < pixels; pixel++) {
        const value = brightness(rgb, pixel)
        most = Math.max(most, value)
        sum += value
    }
    const isBright = sum / pixels > most / 2
    return Math.max(1, most * (isBright ? 1 - INK : INK))
}

/** As people see it: green weighs most (ITU-R BT.601). */
function brightness(rgb: Uint8Array, pixel: number): number {
    const at = 3 * pixel
    return 0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]!
}

/** Two pixels a character: the upper one in ink, the lower one as ground. */
function halfBlocks({ width, height, rgb }: Picture): string[] {
    const code = (ground: 38 | 48, x: number, y: number) => {
        const at = 3 * (y * width + x)
        return `\u001b[${ground};2;${rgb[at]};${rgb[at + 1]};${rgb[at + 2]}m`
    }
    const lines: string[] = []
    for (let y = 0; y < height; y += 2) {
        let line = ""
        let last = ""
        for (let x = 0; x < width; x++) {
            const colors = code(38, x, y) + (y + 1 < height ? code(48, x, y + 1) : "")
            line += (colors === last ? "" : colors) + "▀"
            last = colors
        }
        lines.push(`${line}\u001b[39m\u001b[49m`)
    }
    return lines
}

/** Each pixel the mean of a square of them. */
function shrunk({ width, height, rgb }: Picture, scale: number): Picture {
    const small = { width: Math.ceil(width / scale), height: Math.ceil(height / scale) }
    const mean = new Uint8Array(small.width * small.height * 3)
    for (let i = 0; i < mean.length; i++) {
        const [pixel, part] = [Math.floor(i / 3), i % 3]
        const [left, top] = [pixel % small.width, Math.floor(pixel / small.width)]
        let sum = 0
        let count = 0
        for (let y = top * scale; y < Math.min((top + 1) * scale, height); y++)
            for (let x = left * scale; x < Math.min((left + 1) * scale, width); x++) {
                sum += rgb[3 * (y * width + x) + part]!
                count++
            }
        mean[i] = Math.round(sum / count)
    }
    return { ...small, rgb: mean }
}
