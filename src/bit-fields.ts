import { checkInteger, checkUint32, failBits } from "./check"
import type { Widened } from "./flags"

// Several small integers in one number: no heap at all while it is a local, and one number to keep
// in a packed array. A field is an offset and a width in bits, both constants; values are unsigned.
//
// Every function here costs a call, which is a frame on the board's heap. With constants,
// `(order >> PRIORITY_OFFSET) & PRIORITY_MAX` is the same without a call.

/**
 * A field of a number.
 *
 * @param bits The number that holds the fields, up to 32 bits of it.
 * @param offset The field's lowest bit, from 0.
 * @param width The field's bits, from 1; `offset + width` is 32 at most.
 * @throws RangeError or TypeError if an argument is outside its range.
 */
export function bitField(bits: number, offset: number, width: number): number {
    if (bits >>> 0 !== bits) checkUint32("bits", bits)
    if ((offset & 31) !== offset) failField(offset, width)
    if (((width - 1) & 31) + 1 !== width) failField(offset, width)
    if (offset + width > 32) failField(offset, width)
    return ((bits >>> offset) & (-1 >>> (32 - width))) >>> 0
}

/**
 * The number with another value in one field.
 *
 * @param bits The number that holds the fields, up to 32 bits of it.
 * @param offset The field's lowest bit, from 0.
 * @param width The field's bits, from 1; `offset + width` is 32 at most.
 * @param value The field's new value.
 * @throws RangeError or TypeError if the value does not fit in the field or the field in 32 bits.
 */
export function withBitField<T extends number>(
    bits: T,
    offset: number,
    width: number,
    value: number,
): Widened<T> {
    if (bits >>> 0 !== bits) checkUint32("bits", bits)
    if ((offset & 31) !== offset) failField(offset, width)
    if (((width - 1) & 31) + 1 !== width) failField(offset, width)
    if (offset + width > 32) failField(offset, width)
    if ((value & (-1 >>> (32 - width))) >>> 0 !== value) failBits(value, width)
    width = -1 >>> (32 - width)
    return (((bits & ~(width << offset)) | (value << offset)) >>> 0) as Widened<T>
}

/**
 * The number with another value in one field, unchecked: bits of the value beyond the field's width
 * are lost, and nothing else changes.
 */
export function withBitFieldUnchecked<T extends number>(
    bits: T,
    offset: number,
    width: number,
    value: number,
): Widened<T> {
    width = -1 >>> (32 - width)
    return (((bits & ~(width << offset)) | ((value & width) << offset)) >>> 0) as Widened<T>
}

function failField(offset: number, width: number): void {
    checkInteger("offset", offset, 0, 31)
    checkInteger("width", width, 1, 32 - offset)
}
