import { textBytes, writeText } from "../bytes"
import { checkCapacity, failRange, failType, MAX_BUFFER_BYTES } from "../check"
import { copyStats, type Stats } from "../stats"

/** The greatest integer written: all integers of 15 digits are exact in a number. */
const MAX_INTEGER = 999999999999999
/** Characters up to which a loop finds that all are ASCII before a call of Node's would. */
const SHORT = 40

/**
 * `StringBuilder` in Node: a string that grows, since V8 puts two together without copying them. The
 * bytes are counted all the same, and written from the moment on that somebody asks for the buffer.
 */
export class StringBuilder {
    private line: string
    /** The buffer, once somebody has it: what is written into it is then the text. */
    private bytes: Buffer | undefined
    readonly length: number
    readonly capacity: number
    readonly highWaterMark: number
    readonly refused: number

    constructor(capacity: number) {
        checkCapacity(capacity, 1)
        this.line = ""
        this.bytes = undefined
        this.length = 0
        this.capacity = capacity
        this.highWaterMark = 0
        this.refused = 0
    }

    get buffer(): Buffer {
        if (this.bytes === undefined) {
            this.bytes = Buffer.alloc(this.capacity)
            writeText(this.bytes, 0, this.line, this.length)
            this.line = ""
        }
        return this.bytes
    }

    text(text: string, width: number = 0): this {
        if (typeof text !== "string") failType("text", text, "a string")
        const length = text.length
        let ascii = 0
        if (length <= SHORT) while (ascii < length && text.charCodeAt(ascii) <= 0x7f) ascii++
        if (ascii === length) return this.append(text, length, width)
        const bytes = textBytes(text)
        // Half of a pair, of which UTF-8 has none, would be whole again beside the other half.
        if (bytes > length) text = Buffer.from(text).toString()
        return this.append(text, bytes, width)
    }

    integer(value: number, width: number = 0): this {
        if (value >>> 0 !== value) return this.decimal(value, 0, width)
        const digits = "" + value
        return this.append(digits, digits.length, width)
    }

    decimal(value: number, places: number, width: number = 0): this {
        if (Math.floor(value) !== value || Math.abs(value) > MAX_INTEGER) failValue(value)
        if (places >>> 0 !== places || places > 15) failRange("places", places, 0, 15)
        let piece = ("" + Math.abs(value)).padStart(places + 1, "0")
        const point = piece.length - places
        if (places > 0) piece = piece.slice(0, point) + "." + piece.slice(point)
        if (value < 0) piece = "-" + piece
        return this.append(piece, piece.length, width)
    }

    repeat(char: string, count: number): this {
        if (typeof char !== "string") failType("char", char, "a string")
        if (char.length !== 1 || char.charCodeAt(0) > 0x7f)
            throw new RangeError(`char must be one ASCII character, got "${char}"`)
        if (count >>> 0 !== count || count > MAX_BUFFER_BYTES)
            failRange("count", count, 0, MAX_BUFFER_BYTES)
        return this.append(char.repeat(count), count, 0)
    }

    newline(): this {
        return this.append("\n", 1, 0)
    }

    build(): string {
        if (this.bytes === undefined) return this.line
        return this.bytes.toString("utf8", 0, this.length)
    }

    available(): number {
        return this.refused > 0 ? 0 : this.capacity - this.length
    }

    isEmpty(): boolean {
        return this.length === 0
    }

    isFull(): boolean {
        return this.available() === 0
    }

    overflowed(): boolean {
        return this.refused > 0
    }

    clear(): void {
        this.line = ""
        ;(this as Stats).length = 0
        ;(this as Stats).refused = 0
    }

    stats(into?: Stats): Stats {
        return copyStats(this, into)
    }

    /** Appends a piece of so many bytes, padded, if there is room for all of it. */
    private append(piece: string, bytes: number, width: number): this {
        if (width !== 0) {
            const pad = padding(piece, width)
            piece = width > 0 ? " ".repeat(pad) + piece : piece + " ".repeat(pad)
            bytes += pad
        }
        const at = this.length
        const end = at + bytes
        if (this.refused > 0 || end > this.capacity) {
            ;(this as Stats).refused += bytes
            return this
        }
        if (this.bytes === undefined) this.line += piece
        else writeText(this.bytes, at, piece, bytes)
        ;(this as Stats).length = end
        if (end > this.highWaterMark) (this as Stats).highWaterMark = end
        return this
    }
}

/** How many spaces make up for the rest of a width. */
function padding(piece: string, width: number): number {
    const least = width < 0 ? -width : width
    if (least >>> 0 !== least || least > MAX_BUFFER_BYTES)
        failRange("width", width, -MAX_BUFFER_BYTES, MAX_BUFFER_BYTES)
    return least > piece.length ? least - piece.length : 0
}

function failValue(value: unknown): never {
    if (typeof value !== "number") failType("value", value, "a number")
    throw new RangeError(`value must be an integer of at most 15 digits, got ${value}`)
}
