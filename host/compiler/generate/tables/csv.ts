import { UserError } from "../../../base/errors"
import { tableOf, type Row } from "./rows"
import type { Table, Value } from "./table"

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * Reads a table as RFC 4180 has it, the first line its columns' names. Commas, semicolons or tabs: what the
 * first line has most of. A column of nothing but numbers is one of numbers, of nothing but true and false
 * one of booleans; 007 is a text.
 * @throws UserError with the line of what is no table
 */
export function readCsv(text: string, name: string, file: string): Table {
    const records = split(text.replace(/^\uFEFF/, ""), file).filter(
        ({ cells }) => cells.length > 1 || cells[0] !== "",
    )
    const [head, ...rows] = records
    if (!head) throw new UserError("E_TABLE", `${file} is empty: its first line names the columns.`)
    for (const { cells, line } of rows)
        if (cells.length !== head.cells.length)
            throw new UserError(
                "E_TABLE",
                `${file}:${line}: ${count(cells.length)} where the first line names ${head.cells.length}.`,
            )
    const read = head.cells.map((_, i) => readerOf(rows.map(({ cells }) => cells[i]!)))
    return tableOf(
        rows.map(({ cells, line }): Row => ({
            line,
            values: head.cells.map((name, i) => [name.trim(), read[i]!(cells[i]!)]),
        })),
        { name, file, head: { names: head.cells.map(cell => cell.trim()), line: head.line } },
    )
}

function readerOf(cells: readonly string[]): (cell: string) => Value {
    if (cells.every(cell => NUMBER.test(cell.trim()))) return Number
    if (cells.every(cell => /^(?:true|false)$/.test(cell.trim())))
        return cell => cell.trim() === "true"
    return cell => cell
}

interface Record {
    cells: string[]
    line: number
}

function split(text: string, file: string): Record[] {
    const separator = separatorOf(text)
    const records: Record[] = []
    let record: Record = { cells: [], line: 1 }
    let line = 1
    let at = 0
    for (;;) {
        let cell = ""
        if (text[at] === '"') {
            const from = line
            for (at++; ; at++) {
                if (at >= text.length)
                    throw new UserError("E_TABLE", `${file}:${from}: a quote that does not end.`)
                if (text[at] === '"' && text[++at] !== '"') break
                if (text[at] === "\n") line++
                cell += text[at]
            }
        }
        const end = endOfCell(text, at, separator)
        cell += text.slice(at, end).replace(/\r$/, "")
        record.cells.push(cell)
        at = end + 1
        if (text[end] === separator) continue
        records.push(record)
        if (end >= text.length) return records
        line++
        record = { cells: [], line }
    }
}

function endOfCell(text: string, from: number, separator: string): number {
    let end = from
    while (end < text.length && text[end] !== "\n" && text[end] !== separator) end++
    return end
}

function separatorOf(text: string): string {
    const [first = ""] = text.split("\n", 1)
    const times = (separator: string) => first.split(separator).length
    return [",", ";", "\t"].toSorted((a, b) => times(b) - times(a))[0]!
}

function count(cells: number): string {
    return cells === 1 ? "1 value" : `${cells} values`
}
