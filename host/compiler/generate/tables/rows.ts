import { UserError } from "../../../base/errors"
import type { Table, Value } from "./table"

/** A row as it was read. */
export interface Row {
    line: number
    values: [name: string, value: Value][]
}

/** The most rows: a place in a table is 16 bits. */
const MAX_ROWS = 65_535

/**
 * Makes a table of rows that have the same columns.
 * @param head where the columns are named, when that is no row
 * @throws UserError with the line of what makes it none
 */
export function tableOf(
    rows: readonly Row[],
    { name, file, head }: { name: string; file: string; head?: { names: string[]; line: number } },
): Table {
    const [first] = rows
    if (!first) throw new UserError("E_TABLE", `${file}: ${name} has no rows.`)
    if (rows.length > MAX_ROWS)
        throw new UserError(
            "E_TABLE",
            `${file}: ${name} has ${rows.length.toLocaleString("en-US")} rows, more than ${MAX_ROWS.toLocaleString("en-US")}.`,
        )
    const names = head?.names ?? first.values.map(([column]) => column)
    const nameless = names.findIndex(column => column === "")
    const line = head?.line ?? first.line
    if (nameless >= 0)
        throw new UserError("E_TABLE", `${file}:${line}: column ${nameless + 1} has no name.`)
    const twice = names.find((column, i) => names.indexOf(column) !== i)
    if (twice !== undefined)
        throw new UserError("E_TABLE", `${file}:${line}: there are two columns ${twice}.`)
    const columns = names.map(column => ({
        name: column,
        values: rows.map(row => valueOf(row, column, file)),
        lines: rows.map(row => row.line),
    }))
    for (const row of rows)
        for (const [column] of row.values)
            if (!names.includes(column))
                throw new UserError(
                    "E_TABLE",
                    `${file}:${row.line}: ${column} is in this row and not in the first.`,
                )
    for (const { name: column, values, lines } of columns) {
        const other = values.findIndex(value => typeof value !== typeof values[0])
        if (other >= 0)
            throw new UserError(
                "E_TABLE",
                `${file}:${lines[other]}: ${column} is a ${typeof values[other]} here and a ${typeof values[0]} in line ${lines[0]}.`,
            )
    }
    return { name, rows: rows.length, columns }
}

function valueOf({ values, line }: Row, column: string, file: string): Value {
    const found = values.find(([name]) => name === column)
    if (!found) throw new UserError("E_TABLE", `${file}:${line}: this row has no ${column}.`)
    const [, value] = found
    if (typeof value === "number" && !Number.isFinite(value))
        throw new UserError("E_TABLE", `${file}:${line}: ${column} is no number.`)
    if (typeof value === "string" && value.includes("\0"))
        throw new UserError("E_TABLE", `${file}:${line}: ${column} has a zero character in it.`)
    return value
}
