import { failRange, failType } from "./check"

// The checks of fields of records, as byte-fields.ts defines them.

/** A bit for each number from 0 to 15 that is a field's type. */
export const FIELD_KINDS = 0x1e1e

/**
 * Throws unless a field lies in a record of so many bytes.
 *
 * @throws RangeError if it does not or is none, TypeError if it is no number.
 */
export function checkField(field: number, recordBytes: number): void {
    if (field >>> 0 !== field || ((FIELD_KINDS >> (field & 15)) & 1) === 0) failKind(field)
    if ((field >>> 4) + (field & 7) > recordBytes)
        failRange("end of the field", (field >>> 4) + (field & 7), 1, recordBytes)
}

/**
 * Throws unless a value fits in a field.
 *
 * @throws RangeError or TypeError if it does not.
 */
export function checkFieldValue(field: number, value: number): void {
    const least = leastOf(field)
    if (typeof value !== "number" || Math.floor(value) !== value) failValue(field, value)
    if (value < least || value >= least + 2 ** (8 * (field & 7))) failValue(field, value)
}

/** The least value that a field holds. */
export function leastOf(field: number): number {
    return field & 8 ? -(2 ** (8 * (field & 7) - 1)) : 0
}

/** Throws the error for a value that does not fit in a field, naming the field's range. */
export function failValue(field: number, value: number): never {
    const least = leastOf(field)
    failRange("value", value, least, least + 2 ** (8 * (field & 7)) - 1)
}

/** Throws the error for what is no field. */
export function failKind(field: number): never {
    if (typeof field !== "number") failType("field", field, "a number")
    throw new RangeError(
        `field must be U8 to U32 or I8 to I32 and an offset times AT, got ${field}`,
    )
}

/** Throws the error for a record's start where the field would not lie in the bytes. */
export function failStart(bytes: { readonly length: number }, start: number, field: number): never {
    if (!(bytes.length >= 0)) failType("bytes", bytes, "bytes")
    const end = (field >>> 4) + (field & 7)
    if (end > bytes.length) failRange("end of the field", end, 1, bytes.length)
    failRange("start", start, 0, bytes.length - end)
}
