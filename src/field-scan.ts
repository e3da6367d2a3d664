import { readField, type ByteField, type ReadonlyBytes } from "./byte-fields"
import { checkInteger, failType, MAX_BUFFER_BYTES } from "./check"
import { checkField, checkFieldValue } from "./field-check"

// One field over many records, in one call: the loop is inside, so that a thousand records cost one
// frame on the board's heap. `start` is where the first record begins, `stride` the bytes from one
// to the next: the record's size in an array of records, the field's width in a column.

/**
 * The first record whose field has a value: its index, or -1 if none has.
 *
 * @param start Where the record to begin with begins, in bytes.
 * @param stride The bytes from one record to the next.
 * @param end Where the last record ends, in bytes.
 * @throws RangeError or TypeError if an argument is outside its range or the value does not fit in
 * the field.
 */
export function findField(
    bytes: ReadonlyBytes,
    start: number,
    stride: number,
    end: number,
    field: ByteField,
    value: number,
): number {
    checkScan(bytes, start, stride, end, field)
    // Only where the lowest byte is right is the whole field read.
    const low = value & 0xff
    for (let at = start + (field >> 4); at < end; at += stride) {
        if (bytes[at] === low)
            if (readField(bytes, at, field & 15) === value) return Math.floor((at - start) / stride)
    }
    // What does not fit in the field is nowhere.
    checkFieldValue(field, value)
    return -1
}

/**
 * The sum of a field over all records.
 *
 * @param start Where the record to begin with begins, in bytes.
 * @param stride The bytes from one record to the next.
 * @param end Where the last record ends, in bytes.
 * @throws RangeError or TypeError if an argument is outside its range.
 */
export function sumField(
    bytes: ReadonlyBytes,
    start: number,
    stride: number,
    end: number,
    field: ByteField,
): number {
    checkScan(bytes, start, stride, end, field)
    let sum = 0
    for (start += field >> 4; start < end; start += stride) {
        let value = 0
        for (let at = start + (field & 7); at > start;) {
            at--
            value = (value << 8) | (bytes[at] as number)
        }
        if (field & 8) sum += (value << (32 - 8 * (field & 7))) >> (32 - 8 * (field & 7))
        else sum += value >>> 0
    }
    return sum
}

/** Throws the error for what is wrong with the arguments, if anything is. */
function checkScan(
    bytes: ReadonlyBytes,
    start: number,
    stride: number,
    end: number,
    field: ByteField,
): void {
    if (typeof bytes !== "object" || !(bytes.length >= 0)) failType("bytes", bytes, "bytes")
    checkInteger("end", end, 0, bytes.length)
    checkInteger("start", start, 0, end)
    checkInteger("stride", stride, 1, MAX_BUFFER_BYTES)
    checkField(field, stride)
}
