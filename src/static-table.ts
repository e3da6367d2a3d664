import { readField, type ByteField, type ReadonlyBytes } from "./byte-fields"
import { checkInteger, failRange, failType, MAX_BUFFER_BYTES } from "./check"
import { checkField } from "./field-check"
import { findField } from "./field-scan"

// A table that never changes belongs into flash, where it takes no heap at all:
//
// - Its numbers are rows of fixed width in one constant buffer, written with the `hex` tag. The
//   buffer costs the 8 bytes of the constant that names it, whatever its length, where an array of
//   objects costs 84 bytes and more a row.
// - Its texts are a function of the row: `switch (dish) { case 0: return "Soup" ... }`. A string
//   literal stays in flash; an array of them is on the heap. Or they are one literal with a
//   separator, see `textRow`, which takes less flash and makes a short-lived string a call.
// - `TABLE[row * ROW_BYTES + 2]` reads a byte without a call, thus without a frame.

/**
 * How many rows a table has.
 *
 * @throws RangeError or TypeError if an argument is outside its range or the table is not a whole
 * number of rows.
 */
export function tableRows(table: ReadonlyBytes, rowBytes: number): number {
    if (typeof table !== "object" || !(table.length >= 0)) failType("table", table, "bytes")
    checkInteger("rowBytes", rowBytes, 1, MAX_BUFFER_BYTES)
    const rows = table.length / rowBytes
    if (Math.floor(rows) !== rows)
        throw new RangeError(
            `table must be rows of rowBytes ${rowBytes}, but has ${table.length} bytes`,
        )
    return rows
}

/**
 * Reads a field of a row. `readField(table, row * rowBytes, field)` is the same with one call less,
 * and complains about bytes instead of rows.
 *
 * @throws RangeError or TypeError if there is no such row or the field does not lie in it.
 */
export function tableField(
    table: ReadonlyBytes,
    rowBytes: number,
    row: number,
    field: ByteField,
): number {
    if (typeof table !== "object") failType("table", table, "bytes")
    if (rowBytes >>> 0 !== rowBytes || rowBytes === 0) tableRows(table, rowBytes)
    if (row >>> 0 !== row || !(row * rowBytes < table.length))
        failRange("row", row, 0, tableRows(table, rowBytes) - 1)
    if (field >>> 0 !== field || (field >>> 4) + (field & 7) > rowBytes) checkField(field, rowBytes)
    return readField(table, row * rowBytes, field)
}

/**
 * The first row whose field has a value, or -1 if none has.
 *
 * @throws RangeError or TypeError if an argument is outside its range, the field does not lie in a
 * row or the value does not fit in the field.
 */
export function findRow(
    table: ReadonlyBytes,
    rowBytes: number,
    field: ByteField,
    value: number,
): number {
    tableRows(table, rowBytes)
    return findField(table, 0, rowBytes, table.length, field, value)
}

/**
 * A row of texts that stand in one string, separated by a character: `textRow("Soup|Bread", 1)` is
 * `"Bread"`. The literal is in flash; each call makes a new string of that one text on the heap.
 *
 * @param separator One character that no text contains; `|` unless given.
 * @throws RangeError or TypeError if there is no such row or the separator is not one character.
 */
export function textRow(texts: string, row: number, separator: string = "|"): string {
    checkTexts(texts, separator)
    let left = row
    let start = 0
    let end = texts.indexOf(separator)
    while (left > 0 && end >= 0) {
        left--
        start = end + 1
        end = texts.indexOf(separator, start)
    }
    if (left !== 0) failRange("row", row, 0, textRows(texts, separator) - 1)
    return end < 0 ? texts.slice(start) : texts.slice(start, end)
}

/**
 * How many texts stand in one string, separated by a character.
 *
 * @throws RangeError or TypeError if the separator is not one character.
 */
export function textRows(texts: string, separator: string = "|"): number {
    checkTexts(texts, separator)
    let rows = 1
    for (let end = texts.indexOf(separator); end >= 0; end = texts.indexOf(separator, end + 1))
        rows++
    return rows
}

/** @throws RangeError or TypeError if the separator is not one character. */
function checkTexts(texts: string, separator: string): void {
    if (typeof texts !== "string") failType("texts", texts, "a string")
    if (typeof separator !== "string") failType("separator", separator, "a string")
    if (separator.length !== 1)
        throw new RangeError(`separator must be one character, got "${separator}"`)
}
