import { comment, declared, lines } from "../code"
import {
    bytesOf,
    windowOf,
    type Encoded,
    type NumberFormat,
    type Packed,
    type PackedTexts,
} from "./encode"
import type { Lookup } from "./lookup"
import type { NamedColumn, NamedTable } from "./named-table"

/** Bytes on one line of a literal. */
const BYTES_A_LINE = 24

/**
 * A table for the board: a function a column. Bytes and texts stand in the function that reads them, so they
 * are in flash, and none of a function that is not called.
 */
export function boardTable({ table, rowsName, columns }: NamedTable): string {
    return lines(
        "/** How many rows there are: 0 to one less. */",
        `export const ${rowsName} = ${table.rows}`,
        ...columns.flatMap(textsOf),
        ...columns.flatMap(column => [
            "",
            comment(`${column.column.name} of a row. @param row 0 to {@link ${rowsName}} - 1`),
            ...declared(column.get, ["row: number"], column.type, valueOf(column)),
            ...(column.find === undefined || column.lookup === undefined
                ? []
                : [
                      "",
                      comment(
                          `The row with this ${column.column.name}, or -1: ${means(column.lookup)}.`,
                      ),
                      ...declared(
                          column.find,
                          [`value: ${typeof column.column.values[0]}`],
                          "number",
                          finding(column, column.lookup, table.rows),
                      ),
                  ]),
        ]),
    )
}

export function means(lookup: Lookup): string {
    switch (lookup.by) {
        case "arithmetic":
            return "they are evenly spaced"
        case "hash":
            return `a perfect hash of ${lookup.size} places`
        case "search":
            return "binary search"
        case "words":
            return "one after another"
    }
}

/** A constant text: it is in flash, and takes nothing. */
function textsOf({ encoded, texts }: NamedColumn): string[] {
    if (encoded.kind !== "texts") return []
    return ["", `const ${texts} =`, `    ${JSON.stringify(encoded.texts.join(""))}`]
}

function valueOf({ encoded, texts }: NamedColumn): string[] {
    switch (encoded.kind) {
        case "booleans":
            return read(encoded.of, "row", value => `return ${value} !== 0`)
        case "numbers":
            return read(encoded.of, "row", value => `return ${divided(value, encoded.divisor)}`)
        case "words":
            return [
                ...(encoded.of
                    ? read(encoded.of, "row", value => `switch (${value}) {`)
                    : ["switch (row) {"]),
                ...encoded.texts
                    .slice(0, -1)
                    .flatMap((text, i) => [
                        `    case ${i}:`,
                        `        return ${JSON.stringify(text)}`,
                    ]),
                "    default:",
                `        return ${JSON.stringify(encoded.texts.at(-1))}`,
                "}",
            ]
        case "texts": {
            const text = encoded.of ? "text" : "row"
            return [
                ...(encoded.of ? read(encoded.of, "row", value => `const text = ${value}`) : []),
                `const starts = ${literalOf(encoded.starts.bytes)}`,
                `const start = ${startOf(encoded, text)}`,
                `return ${texts}.slice(start, ${startOf(encoded, `(${text} + 1)`)})`,
            ]
        }
    }
}

function divided(value: string, divisor: number): string {
    if (divisor === 1) return value
    return `${/[-+]/.test(value.replace(/hex`[^`]*`|\([^()]*\)/g, "")) ? `(${value})` : value} / ${divisor}`
}

/** Where a text begins, of `starts`. */
function startOf({ slope, starts }: PackedTexts, text: string): string {
    const above = element("starts", starts, text)
    return slope === 0 ? above : `((${slope} * ${text}) >> 4) + ${above}`
}

function finding(column: NamedColumn, lookup: Lookup, rows: number): string[] {
    switch (lookup.by) {
        case "arithmetic": {
            const { first, step } = lookup
            const offset =
                first === 0 ? "value" : first < 0 ? `value + ${-first}` : `value - ${first}`
            const row = step === 1 ? offset : `${first === 0 ? offset : `(${offset})`} / ${step}`
            return [
                `const row = ${row}`,
                "if (row >>> 0 !== row) return -1",
                `if (row >= ${rows}) return -1`,
                "return row",
            ]
        }
        case "hash": {
            const { rows: places, factor, size } = lookup
            const key = factor === 1 ? "value" : `(value * ${factor})`
            return [
                // What is no such integer has no place; a larger one would not be a number of 31 bits.
                "if (value >>> 0 !== value) return -1",
                "if (value > 0xffffff) return -1",
                `const place = ${key} % ${size}`,
                ...read(places, "place", value => `const row = ${value}`),
                ...keyOf(column, key => `if (${key} === value) return row`),
                "return -1",
            ]
        }
        case "words":
            return [
                "switch (value) {",
                ...(column.encoded as Encoded & { kind: "words" }).texts.flatMap((text, i) => [
                    `    case ${JSON.stringify(text)}:`,
                    `        return ${i}`,
                ]),
                "    default:",
                "        return -1",
                "}",
            ]
        case "search":
            return search(column, lookup, rows)
    }
}

/** A line with a row's value in it, of a column of numbers. */
function keyOf({ encoded, get }: NamedColumn, line: (value: string) => string): string[] {
    if (encoded.kind !== "numbers") return [line(`${get}(row)`)]
    return read(encoded.of, "row", value => line(divided(value, encoded.divisor)))
}

function search(column: NamedColumn, { order }: Lookup & { by: "search" }, rows: number): string[] {
    const { encoded, texts } = column
    const row =
        typeof order === "object"
            ? read(order, "middle", value => `const row = ${value}`)
            : [`const row = ${order === "ascending" ? "middle" : `${rows - 1} - middle`}`]
    const compared =
        encoded.kind === "texts"
            ? [
                  `let at = ${startOf(encoded, "row")}`,
                  `const end = ${startOf(encoded, "(row + 1)")}`,
                  "let i = 0",
                  "while (at < end) {",
                  `    if (${texts}.charCodeAt(at) !== value.charCodeAt(i)) break`,
                  "    at++",
                  "    i++",
                  "}",
                  "if (at === end) {",
                  "    if (i === value.length) return row",
                  "    low = middle + 1",
                  `} else if (value.charCodeAt(i) > ${texts}.charCodeAt(at)) low = middle + 1`,
                  "else high = middle - 1",
              ]
            : [
                  ...keyOf(column, key => `const found = ${key}`),
                  "if (found === value) return row",
                  "if (found < value) low = middle + 1",
                  "else high = middle - 1",
              ]
    return [
        ...(encoded.kind === "texts" ? [`const starts = ${literalOf(encoded.starts.bytes)}`] : []),
        "let low = 0",
        `let high = ${rows - 1}`,
        "while (low <= high) {",
        ...["const middle = (low + high) >> 1", ...row, ...compared].map(line => `    ${line}`),
        "}",
        "return -1",
    ]
}

/** A line with one number in it; a literal that is asked twice stands before it. */
function read(of: Packed, index: string, line: (value: string) => string): string[] {
    const literal = literalOf(of.bytes)
    const whole = line(element(literal, of, index))
    return whole.split("hex`").length <= 2
        ? [whole]
        : [`const bytes = ${literal}`, line(element("bytes", of, index))]
}

/** The expression of one number. @param index a name, or an expression in parentheses */
function element(literal: string, { width, base }: Packed, index: string): string {
    const value =
        "bits" in width
            ? someBits(literal, width.bits, index)
            : wholeBytes(literal, width.format, index)
    if (base === 0) return value
    return base < 0 ? `${value} - ${-base}` : `${value} + ${base}`
}

function someBits(literal: string, bits: number, index: string): string {
    const { format } = windowOf(bits)
    const bit = bits === 1 ? index : `(${index} * ${bits})`
    const window =
        format === "u8" ? `${literal}[${bit} >> 3]` : `${literal}.getAt(${bit} >> 3, "${format}")`
    return `((${window} >> (${bit} & 7)) & ${2 ** bits - 1})`
}

function wholeBytes(literal: string, format: NumberFormat, index: string): string {
    const each = bytesOf(format)
    if (format === "u8") return `${literal}[${index.replace(/^\((.*)\)$/, "$1")}]`
    const at = each === 1 ? index : `${index} * ${each}`
    if (format === "u24") return `(${literal}.getAt(${at}, "u16") | (${literal}[${at} + 2] << 16))`
    return `${literal}.getAt(${at}, "${format}")`
}

/** Bytes as the board's compiler takes them into flash. */
function literalOf(bytes: Uint8Array): string {
    const text = [...bytes].map(byte => byte.toString(16).padStart(2, "0"))
    if (bytes.length <= BYTES_A_LINE) return `hex\`${text.join(" ")}\``
    const rows = Array.from({ length: Math.ceil(bytes.length / BYTES_A_LINE) }, (_, i) =>
        text.slice(i * BYTES_A_LINE, (i + 1) * BYTES_A_LINE).join(" "),
    )
    return `hex\`\n${rows.map(row => `        ${row}`).join("\n")}\n    \``
}
