import { UserError } from "../../../base/errors"
import { instead } from "../../../base/nearest"
import { camel, constant, Names } from "../names"
import { encode, type Encoded } from "./encode"
import { lookupFor, type Lookup } from "./lookup"
import type { Column, Table } from "./table"

/** A table with the names of what is generated for it. */
export interface NamedTable {
    table: Table
    rowsName: string
    columns: NamedColumn[]
}

export interface NamedColumn {
    column: Column
    encoded: Encoded
    /** The function that reads it. */
    get: string
    /** The one that finds a row by it, and how. */
    find?: string
    lookup?: Lookup
    /** The constant with all its texts. */
    texts: string
    /** Of its values, in TypeScript. */
    type: string
}

/**
 * Chooses how each column is kept and found.
 * @param keys columns to find rows by; without any, the first if its values are all different
 * @throws UserError for a key that is no column or has a value twice, and for names that are not their own
 */
export function namedTable(
    table: Table,
    keys: readonly string[] | undefined,
    file: string,
): NamedTable {
    const names = new Names()
    const { name, columns } = table
    for (const key of keys ?? []) checkKey(table, key, file)
    const [first] = columns
    const wanted = keys ?? (isUnique(first!) ? [first!.name] : [])
    const where = `${file}: ${name}`
    return {
        table,
        rowsName: names.take(constant([name, "rows"]), where),
        columns: columns.map(column => {
            const encoded = encode(column)
            const where = `${file}: ${name}.${column.name}`
            return {
                ...{ column, encoded },
                get: names.take(camel([name, column.name]), where),
                texts: names.take(constant([name, column.name, "texts"]), where),
                type: typeOf(encoded, column),
                ...(wanted.includes(column.name) && {
                    find: names.take(camel(["find", name, "by", column.name]), where),
                    lookup: lookupFor(column, encoded),
                }),
            }
        }),
    }
}

function typeOf(encoded: Encoded, { values }: Column): string {
    if (encoded.kind !== "words" || encoded.texts.length === values.length) return typeof values[0]
    return encoded.texts.map(text => JSON.stringify(text)).join(" | ")
}

function checkKey({ name, columns }: Table, key: string, file: string): void {
    const column = columns.find(one => one.name === key)
    if (!column)
        throw new UserError(
            "E_TABLE",
            `${file}: ${name} has no column ${key}${instead(
                key,
                columns.map(one => one.name),
            )}`,
        )
    if (typeof column.values[0] === "boolean")
        throw new UserError("E_TABLE", `${file}: ${key} is true or false, which finds no one row.`)
    const places = new Map<unknown, number>()
    for (const [row, value] of column.values.entries()) {
        const before = places.get(value)
        if (before !== undefined)
            throw new UserError(
                "E_TABLE",
                `${file}:${column.lines[row]}: ${key} ${JSON.stringify(value)} is in line ${column.lines[before]} already: rows are found by what each has alone.`,
            )
        places.set(value, row)
    }
}

function isUnique({ values }: Column): boolean {
    return typeof values[0] !== "boolean" && new Set(values).size === values.length
}
