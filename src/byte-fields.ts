import type { BoardBytes } from "./bytes"
import { failType } from "./check"
import { failKind, failStart, failValue, FIELD_KINDS, leastOf } from "./field-check"

// `||`, `&&` and `?:` make the board's compiler reserve a slot of 8 bytes in the frame of the call,
// on the heap; separate statements do not. That is why conditions stand alone here.

// A field of bytes is described by one plain number, its type plus its offset, so that a layout is
// a handful of constants: the compiler for the board folds them and nothing of it reaches the heap.

/** Bytes that can be read: a buffer of the board's (in flash too), a Node Buffer, a Uint8Array. */
export interface ReadonlyBytes {
    readonly length: number
    readonly [index: number]: number
}

/** Bytes that can be read and written. */
export interface Bytes {
    readonly length: number
    [index: number]: number
}

/**
 * A field of a record: one of {@link U8}, {@link U16}, {@link U24}, {@link U32}, {@link I8},
 * {@link I16}, {@link I24}, {@link I32}, plus its offset in bytes times {@link AT}. Fields are little-endian
 * and need no alignment.
 *
 * ```ts
 * const ORDER_ID = U32
 * const TABLE = U8 + 4 * AT
 * const PRICE = U16 + 5 * AT
 * const ORDER_BYTES = 7
 * ```
 */
export type ByteField = number

/** Unsigned, 1 byte: 0 to 255. */
export const U8 = 1
/** Unsigned, 2 bytes: 0 to 65,535. */
export const U16 = 2
/** Unsigned, 3 bytes: 0 to 16,777,215. */
export const U24 = 3
/** Unsigned, 4 bytes: 0 to 4,294,967,295. */
export const U32 = 4
/** Signed, 1 byte: -128 to 127. */
export const I8 = 9
/** Signed, 2 bytes: -32,768 to 32,767. */
export const I16 = 10
/** Signed, 3 bytes: -8,388,608 to 8,388,607. */
export const I24 = 11
/** Signed, 4 bytes: -2,147,483,648 to 2,147,483,647. */
export const I32 = 12

/** Times the offset, added to the type: `U16 + 3 * AT` is an unsigned 16-bit field at byte 3. */
export const AT = 16

// `field & 7` is the bytes a field takes, `field & 8` tells a signed one, `field >>> 4` is its offset.

/**
 * Reads a field of the record that begins at `start`.
 *
 * @throws RangeError if a byte of the field is outside `bytes` or the field is none; TypeError if
 * `bytes` are none. A start of undefined, which is what a structure without room returns, is outside.
 */
export function readField(bytes: ReadonlyBytes, start: number, field: ByteField): number {
    if (typeof bytes !== "object") failType("bytes", bytes, "bytes")
    if (field >>> 0 !== field) failKind(field)
    if (start >>> 0 !== start) failStart(bytes, start, field)
    start += field >>> 4
    if (start + (field & 7) <= bytes.length)
        // The kinds used most come first.
        switch (field & 15) {
            case U16:
                if (!(bytes as BoardBytes).fillAt) return readBytes(bytes, start, field)
                return (bytes as Buffer).getAt(start, "u16")
            case U8:
                return bytes[start] as number
            case U32:
                if (!(bytes as BoardBytes).fillAt) return readBytes(bytes, start, field)
                return (bytes as Buffer).getAt(start, "u32")
            case I16:
                if (!(bytes as BoardBytes).fillAt) return readBytes(bytes, start, field)
                return (bytes as Buffer).getAt(start, "i16")
            case U24:
                return (
                    (bytes[start] as number) |
                    ((bytes[start + 1] as number) << 8) |
                    ((bytes[start + 2] as number) << 16)
                )
            case I8:
            case I24:
            case I32:
                return readBytes(bytes, start, field)
            default:
                failKind(field)
        }
    return failStart(bytes, start - (field >>> 4), field)
}

/** Reads a field whose bytes begin at `start`, byte by byte. */
function readBytes(bytes: ReadonlyBytes, start: number, field: ByteField): number {
    let value = 0
    for (let at = start + (field & 7); at > start;) {
        at--
        value = (value << 8) | (bytes[at] as number)
    }
    if (field & 8) return (value << (32 - 8 * (field & 7))) >> (32 - 8 * (field & 7))
    return value >>> 0
}

/**
 * Writes a field of the record that begins at `start`: the whole value, or nothing and an error.
 *
 * @throws RangeError or TypeError if the value does not fit in the field, a byte of the field is
 * outside `bytes` or the field is none. A start of undefined, which is what a structure without room
 * returns, is outside.
 */
export function writeField(bytes: Bytes, start: number, field: ByteField, value: number): void {
    if (typeof bytes !== "object") failType("bytes", bytes, "bytes")
    if (field >>> 0 !== field) failKind(field)
    if (start >>> 0 !== start) failStart(bytes, start, field)
    start += field >>> 4
    if (!(start + (field & 7) <= bytes.length)) failStart(bytes, start - (field >>> 4), field)
    // A byte keeps the low 8 bits of what is stored. The kinds used most come first.
    switch (field & 15) {
        case U8:
            if ((value & 0xff) !== value) failValue(field, value)
            bytes[start] = value
            return
        case U16:
            if ((value & 0xffff) !== value) failValue(field, value)
            if ((bytes as BoardBytes).fillAt) {
                ;(bytes as Buffer).setAt(start, "u16", value)
                return
            }
            break
        case U32:
            if (value >>> 0 !== value) failValue(field, value)
            if ((bytes as BoardBytes).fillAt) {
                ;(bytes as Buffer).setAt(start, "u32", value)
                return
            }
            break
        case U24:
            if ((value & 0xffffff) !== value) failValue(field, value)
            break
        case I8:
        case I16:
        case I24:
        case I32:
            if ((value << (32 - 8 * (field & 7))) >> (32 - 8 * (field & 7)) !== value)
                failValue(field, value)
            break
        default:
            failKind(field)
    }
    bytes[start] = value & 0xff
    field &= 7
    if (field === 1) return
    bytes[start + 1] = value >> 8
    if (field === 2) return
    bytes[start + 2] = value >> 16
    if (field === 4) bytes[start + 3] = value >> 24
}

/**
 * The value nearest to one that a field can hold: 300 becomes 255 in a {@link U8}. For readings that
 * may exceed their field and are better cut off than lost.
 *
 * @returns An integer that the field holds; a fraction is rounded down.
 * @throws TypeError if the value is no number or NaN, RangeError if the field is none.
 */
export function saturate(field: ByteField, value: number): number {
    if (typeof value !== "number" || value !== value) failType("value", value, "a number")
    if (field >>> 0 !== field || ((FIELD_KINDS >> (field & 15)) & 1) === 0) failKind(field)
    const least = leastOf(field)
    const greatest = least + 2 ** (8 * (field & 7)) - 1
    if (value <= least) return least
    return value >= greatest ? greatest : Math.floor(value)
}
