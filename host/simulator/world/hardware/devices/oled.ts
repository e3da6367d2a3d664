import type { I2cDevice, Screen } from "../i2c-device"
import type { Picture } from "../../../../model/shown"
import { blankPicture, setPixel } from "../picture"

/** What the first byte of a message says of the rest (data sheets, "I2C interface"). */
const CONTROL = { commands: 0x00, command: 0x80, data: 0x40 } as const
/** Commands that are followed by bytes of their own. */
const ARGUMENTS: Readonly<Record<number, number>> = {
    ...{ 0x20: 1, 0x21: 2, 0x22: 2, 0x81: 1, 0x8d: 1, 0xa8: 1, 0xad: 1 },
    ...{ 0xd3: 1, 0xd5: 1, 0xd9: 1, 0xda: 1, 0xdb: 1 },
}
const MEMORY = { columns: 132, pages: 16 } as const
/** Where the glass of an SH1106 begins in its memory. */
const SH110X_OFFSET = 2
const VISIBLE_COLUMNS = 128

type Addressing = "horizontal" | "vertical" | "page"

/**
 * A monochrome panel with an SSD1306 or an SH110x: both take the same commands, and tell themselves by
 * the way in which a program addresses their memory.
 */
export class Oled implements I2cDevice, Screen {
    readonly name = "OLED display (SSD1306, SH110x)"
    /** A byte is eight pixels of a column, the lowest bit on top. */
    private readonly memory = new Uint8Array(MEMORY.columns * MEMORY.pages)
    private command: number[] = []
    private addressing: Addressing = "page"
    private columns = { from: 0, to: VISIBLE_COLUMNS - 1 }
    private pages = { from: 0, to: 7 }
    private column = 0
    private page = 0
    private height = 64
    private isSh110x = false
    private isRemapped = false
    private isInverted = false
    private isOn = false
    private isUsed = false

    write(data: Uint8Array): boolean {
        const control = data[0] ?? CONTROL.commands
        const rest = data.subarray(1)
        if (control === CONTROL.data) this.store(rest)
        else if (control === CONTROL.command || control === CONTROL.commands)
            for (const byte of rest) this.take(byte)
        return true
    }

    read(size: number): Uint8Array {
        return new Uint8Array(size)
    }

    picture(): Picture | undefined {
        if (!this.isUsed) return undefined
        const offset = this.isSh110x ? SH110X_OFFSET : this.columns.from
        const width = this.isSh110x ? VISIBLE_COLUMNS : this.columns.to - this.columns.from + 1
        const picture = blankPicture(width, this.height)
        for (let x = 0; x < width; x++)
            for (let y = 0; y < this.height; y++) {
                const byte = this.memory[(y >> 3) * MEMORY.columns + x + offset]!
                const isLit = this.isOn && (((byte >> (y & 7)) & 1) === 1) !== this.isInverted
                // Mounted as its drivers expect it, its columns and rows run backwards.
                if (this.isRemapped) setPixel(picture, x, y, isLit ? 255 : 0)
                else setPixel(picture, width - 1 - x, this.height - 1 - y, isLit ? 255 : 0)
            }
        return picture
    }

    private take(byte: number): void {
        this.command.push(byte)
        const [command = 0, first = 0, second = 0] = this.command
        if (this.command.length <= (ARGUMENTS[command] ?? 0)) return
        this.command = []
        if (command === 0x20) this.addressing = addressingOf(first)
        else if (command === 0x21) {
            this.columns = { from: first & 0x7f, to: second & 0x7f }
            this.column = this.columns.from
        } else if (command === 0x22) {
            this.pages = { from: first & 7, to: second & 7 }
            this.page = this.pages.from
        } else if (command <= 0x0f) this.column = (this.column & 0xf0) | command
        else if (command <= 0x1f) this.column = (this.column & 0x0f) | ((command & 0xf) << 4)
        else if (command >= 0xb0 && command <= 0xbf) this.page = command & 0xf
        else if (command === 0xa8) this.height = (first & 0x7f) + 1
        else if (command === 0xad) this.isSh110x = (first & 0xf0) === 0x80
        else if (command === 0xa0 || command === 0xa1) this.isRemapped = command === 0xa1
        else if (command === 0xa6 || command === 0xa7) this.isInverted = command === 0xa7
        else if (command === 0xae || command === 0xaf) this.isOn = command === 0xaf
    }

    /** Takes bytes of a picture: there are many, so what changes is kept at hand. */
    private store(data: Uint8Array): void {
        this.isUsed = true
        const { memory, columns, pages, addressing } = this
        let { column, page } = this
        for (let at = 0; at < data.length; at++) {
            if (column < MEMORY.columns) memory[page * MEMORY.columns + column] = data[at]!
            if (addressing === "page") column++
            else if (addressing === "horizontal") {
                if (column++ === columns.to) {
                    column = columns.from
                    if (page++ === pages.to) page = pages.from
                }
            } else if (page++ === pages.to) {
                page = pages.from
                if (column++ === columns.to) column = columns.from
            }
        }
        this.column = column
        this.page = page
    }
}

/** An SH110x has the page mode alone; what drivers send it here is none of an SSD1306's three. */
function addressingOf(mode: number): Addressing {
    if (mode === 0) return "horizontal"
    return mode === 1 ? "vertical" : "page"
}
