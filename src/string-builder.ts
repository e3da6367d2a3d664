import { copyBytes, fillBytes, textBytes, writeText } from "./bytes"
import { checkCapacity, failRange, failType, MAX_BUFFER_BYTES } from "./check"
import { copyStats, type Stats } from "./stats"

/** The greatest integer written: all integers of 15 digits are exact in a number. */
const MAX_INTEGER = 999999999999999

/**
 * Text written piece by piece into one buffer: no intermediate string is made, whatever is
 * appended. A piece that does not fit is refused whole, and so is all after it until `clear`, so
 * that the text is always the start of what was meant; `refused` counts the bytes left out.
 *
 * Every piece takes a `width`: the least characters it fills, as `length` counts them. Spaces make
 * up for the rest, before the piece if the width is positive (right-aligned), after it if negative.
 *
 * On the board it takes its capacity and 112 bytes. Only `build` allocates, call frames apart.
 *
 * @devsWhenUsed
 */
export class StringBuilder {
    /** The text is its first `length` bytes, in UTF-8. */
    readonly buffer: Buffer
    /** The bytes written. */
    readonly length: number
    /** The most bytes the text can have. */
    readonly capacity: number
    /** The longest text ever held, in bytes; `clear` does not lower it. */
    readonly highWaterMark: number
    /** How many bytes were left out since the last `clear` because it was full. */
    readonly refused: number

    /**
     * @param capacity The most bytes the text can have, 1 to 57,332.
     * @throws RangeError or TypeError if it is outside its range.
     */
    constructor(capacity: number) {
        checkCapacity(capacity, 1)
        this.buffer = Buffer.alloc(capacity)
        this.length = 0
        this.capacity = capacity
        this.highWaterMark = 0
        this.refused = 0
    }

    /**
     * Appends a text.
     *
     * @throws TypeError if the text is no string, RangeError or TypeError if the width is no integer
     * from -57,332 to 57,332.
     */
    text(text: string, width: number = 0): this {
        if (typeof text !== "string") failType("text", text, "a string")
        const bytes = textBytes(text)
        let at = this.length
        // The common case in place: `place` is a call, and that is a frame.
        if (width === 0 && this.refused === 0 && at + bytes <= this.capacity) {
            ;(this as Stats).length = at + bytes
            if (this.length > this.highWaterMark) (this as Stats).highWaterMark = this.length
        } else at = this.place(bytes, text.length, width)
        if (at >= 0) writeText(this.buffer, at, text, bytes)
        return this
    }

    /**
     * Appends an integer in decimal digits.
     *
     * @throws RangeError or TypeError if the value is no integer or beyond 15 digits, or the width no
     * integer from -57,332 to 57,332.
     */
    integer(value: number, width: number = 0): this {
        // Small ones in place: each call is a frame.
        if (width !== 0 || value >>> 0 !== value || this.refused > 0)
            return this.decimal(value, 0, width)
        let end = this.length + 1
        for (let bound = 10; bound <= value; bound *= 10) end++
        if (end > this.capacity) return this.decimal(value, 0, width)
        ;(this as Stats).length = end
        if (end > this.highWaterMark) (this as Stats).highWaterMark = end
        const buffer = this.buffer
        for (;;) {
            end--
            const tens = Math.floor(value / 10)
            buffer[end] = 0x30 + value - tens * 10
            if (tens === 0) return this
            value = tens
        }
    }

    /**
     * Appends a decimal number given as an integer of its smallest unit: 1250 with 2 places, that
     * is 1,250 cents, is `12.50`.
     *
     * @param places The digits after the point, 0 to 15.
     * @throws RangeError or TypeError if the value is no integer or beyond 15 digits, the places
     * outside their range, or the width no integer from -57,332 to 57,332.
     */
    decimal(value: number, places: number, width: number = 0): this {
        if (Math.floor(value) !== value || Math.abs(value) > MAX_INTEGER) failValue(value)
        if (places >>> 0 !== places || places > 15) failRange("places", places, 0, 15)
        let rest = Math.abs(value)
        let digits = places + 1
        for (let bound = 10 ** digits; bound <= rest; bound *= 10) digits++
        const sign = value < 0 ? 1 : 0
        if (places > 0) digits++
        const start = this.place(sign + digits, sign + digits, width)
        if (start < 0) return this

        const buffer = this.buffer
        if (sign > 0) buffer[start] = 0x2d // -
        for (let i = digits - 1; i >= 0; i--) {
            if (places > 0 && i === digits - 1 - places) buffer[start + sign + i] = 0x2e // .
            else {
                const tens = Math.floor(rest / 10)
                buffer[start + sign + i] = 0x30 + (rest - tens * 10)
                rest = tens
            }
        }
        return this
    }

    /**
     * Appends one character several times.
     *
     * @param char One ASCII character.
     * @param count How often, 0 to 57,332.
     * @throws RangeError if an argument is outside its range.
     */
    repeat(char: string, count: number): this {
        if (typeof char !== "string") failType("char", char, "a string")
        if (char.length !== 1 || char.charCodeAt(0) > 0x7f)
            throw new RangeError(`char must be one ASCII character, got "${char}"`)
        if (count >>> 0 !== count || count > MAX_BUFFER_BYTES)
            failRange("count", count, 0, MAX_BUFFER_BYTES)
        const at = this.place(count, count, 0)
        if (at >= 0) fillBytes(this.buffer, at, count, char.charCodeAt(0))
        return this
    }

    /** Ends the line. */
    newline(): this {
        const at = this.place(1, 1, 0)
        if (at >= 0) this.buffer[at] = 0x0a
        return this
    }

    /**
     * The text as a string. On the board this allocates the string (9 bytes and the text) and,
     * unless the builder is full to the last byte, a passing copy of the text (12 bytes and the
     * text): a string can only be made of a whole buffer there.
     */
    build(): string {
        const length = this.length
        if (length === this.capacity) return this.buffer.toString()
        const exact = Buffer.alloc(length)
        copyBytes(exact, 0, this.buffer, 0, length)
        return exact.toString()
    }

    /** How many more bytes it takes before it refuses. */
    available(): number {
        return this.refused > 0 ? 0 : this.capacity - this.length
    }

    isEmpty(): boolean {
        return this.length === 0
    }

    isFull(): boolean {
        return this.available() === 0
    }

    /** Whether something was left out since the last `clear`. */
    overflowed(): boolean {
        return this.refused > 0
    }

    /** Starts over with an empty text; the buffer stays. */
    clear(): void {
        ;(this as Stats).length = 0
        ;(this as Stats).refused = 0
    }

    /** Its figures in bytes, in `into` or else in a new object. */
    stats(into?: Stats): Stats {
        return copyStats(this, into)
    }

    /** Takes room for a piece and pads it; returns where the piece goes, or -1 if it has no room. */
    private place(bytes: number, chars: number, width: number): number {
        let pad = width
        if (width < 0) pad = -width
        if (pad >>> 0 !== pad || pad > MAX_BUFFER_BYTES)
            failRange("width", width, -MAX_BUFFER_BYTES, MAX_BUFFER_BYTES)
        pad = pad > chars ? pad - chars : 0
        const at = this.length
        const end = at + bytes + pad
        if (this.refused > 0 || end > this.capacity) {
            ;(this as Stats).refused += bytes + pad
            return -1
        }
        ;(this as Stats).length = end
        if (end > this.highWaterMark) (this as Stats).highWaterMark = end
        if (pad === 0) return at
        fillBytes(this.buffer, width > 0 ? at : at + bytes, pad, 0x20)
        return width > 0 ? at + pad : at
    }
}

// The board would print the limits as 1000000000000000.
function failValue(value: unknown): never {
    if (typeof value !== "number") failType("value", value, "a number")
    throw new RangeError(`value must be an integer of at most 15 digits, got ${value}`)
}
