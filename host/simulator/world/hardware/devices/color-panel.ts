import type { Picture } from "../../../../model/shown"
import { blankPicture, setPixel } from "../picture"
import type { FourWirePanel } from "../four-wire-panel"

const COMMAND = { columns: 0x2a, rows: 0x2b, write: 0x2c, orientation: 0x36 } as const
/** One of the two mirror bits alone, with rows and columns in their order: the panel lies on its side. */
const MIRRORS = { rows: 0x80, columns: 0x40 } as const

/** A colour panel with the commands that ST7735, ST7789 and ILI9341 share, five, six and five bits a pixel. */
export class ColorPanel implements FourWirePanel {
    readonly name = "colour display (ST7735, ST7789, ILI9341)"
    private current = 0
    private arguments: number[] = []
    private columns = { from: 0, to: 0 }
    private rows = { from: 0, to: 0 }
    private liesOnSide = false
    private shown: Picture | undefined
    /** Pixels of the window that were written since it was opened. */
    private position = 0
    /** The first byte of a pixel whose second has not come. */
    private half: number | undefined

    command(code: number): void {
        this.current = code
        this.arguments = []
        this.position = 0
        this.half = undefined
    }

    data(bytes: Uint8Array): void {
        if (this.current === COMMAND.write) return this.paint(bytes)
        this.arguments.push(...bytes)
        const [a = 0, b = 0, c = 0, d = 0] = this.arguments
        if (this.current === COMMAND.orientation)
            this.liesOnSide = ((a & MIRRORS.rows) !== 0) !== ((a & MIRRORS.columns) !== 0)
        else if (this.arguments.length === 4) {
            const range = { from: (a << 8) | b, to: (c << 8) | d }
            if (this.current === COMMAND.columns) this.columns = range
            else if (this.current === COMMAND.rows) this.rows = range
        }
    }

    picture(): Picture | undefined {
        return this.shown
    }

    private paint(bytes: Uint8Array): void {
        const columns = this.columns.to - this.columns.from + 1
        const rows = this.rows.to - this.rows.from + 1
        const [width, height] = this.liesOnSide ? [rows, columns] : [columns, rows]
        if (this.shown?.width !== width || this.shown.height !== height)
            this.shown = blankPicture(width, height)
        for (const byte of bytes) {
            if (this.half === undefined) {
                this.half = byte
                continue
            }
            const color = (this.half << 8) | byte
            this.half = undefined
            const at = this.position++ % (columns * rows)
            const [row, column] = [Math.floor(at / columns), at % columns]
            const [x, y] = this.liesOnSide ? [row, column] : [column, row]
            setPixel(
                this.shown,
                x,
                y,
                widened(color >> 11, 5),
                widened((color >> 5) & 0x3f, 6),
                widened(color & 0x1f, 5),
            )
        }
    }
}

/** All of 0 to 255 from fewer bits. */
function widened(value: number, bits: number): number {
    return (value << (8 - bits)) | (value >> (2 * bits - 8))
}
