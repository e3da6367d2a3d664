import type { TypeScriptParser } from "../../official-compiler"
import { boardTable } from "./board-table"
import { readConstant } from "./constant"
import { readCsv } from "./csv"
import { hostTable } from "./host-table"
import { namedTable, type NamedTable } from "./named-table"

/** The code of a table, without the line that says where it is from. */
export interface GeneratedTable {
    named: NamedTable
    board: string
    host: string
}

export interface TableRequest {
    /** The file's content. */
    text: string
    /** The file as messages name it: JSON, CSV or TypeScript by its ending. */
    file: string
    /** The constant of a TypeScript file; of others, what the table is called. */
    name?: string | undefined
    /** Columns to find rows by. */
    keys?: readonly string[] | undefined
}

/**
 * Makes a table of a file: the same text for the same content.
 * @throws UserError with the line of what is no table
 */
export function generateTable(
    ts: TypeScriptParser,
    { text, file, name, keys }: TableRequest,
): GeneratedTable {
    const called = name ?? /([^/\\]*?)(?:\.[^./\\]*)?$/.exec(file)?.[1] ?? "table"
    const table = /\.(?:csv|tsv)$/i.test(file)
        ? readCsv(text, called, file)
        : readConstant(ts, text, {
              ...{ name: called, file, isJson: /\.json$/i.test(file) },
              ...(name !== undefined && { only: name }),
          })
    const named = namedTable(table, keys, file)
    return { named, board: boardTable(named), host: hostTable(named) }
}

/** Whether a file's name says that it is a table. */
export function isTableFile(file: string): boolean {
    return /\.(?:csv|tsv|json)$/i.test(file)
}
