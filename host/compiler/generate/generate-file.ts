import type { GeneratedFile, GenerateReport } from "../../documents/layout/generate-report"
import { sanitize } from "../../base/sanitize"
import type { TypeScriptParser } from "../official-compiler"
import { readTypes } from "../schema/read-types"
import { lines } from "./code"
import { recordFacts, tableFacts } from "./generate-report"
import { generateRecords } from "./records/generate-records"
import type { RecordLayout } from "./records/record-fields"
import { generateTable } from "./tables/generate-table"

/** How every file begins that is generated: such a one may be written anew. */
export const GENERATED_BY = "// Made by heapscope generate from "

/** What is to be made of a file. */
export interface GenerateRequest {
    /** Its content. */
    text: string
    /** Its name, as messages have it. */
    file: string
    /** A type or a constant of it, by name. */
    name?: string | undefined
    layout: RecordLayout
    /** It is a table, and no declarations of records. */
    isTable: boolean
    /** Columns to find rows by. */
    keys?: readonly string[] | undefined
}

/** Code for the board and for Node and the browser, without its first line. */
export interface Generated {
    code: Readonly<Record<GeneratedFile["for"], string>>
    facts: Pick<GenerateReport, "records" | "table">
}

/** @throws UserError with the line of what cannot be */
export function generateCode(ts: TypeScriptParser, request: GenerateRequest): Generated {
    const { text, file, name, layout, isTable, keys } = request
    if (isTable) {
        const { named, board, host } = generateTable(ts, { text, file, name, keys })
        return { code: { board, host }, facts: { records: [], table: tableFacts(named) } }
    }
    const { types } = readTypes(ts, text, file, name)
    const { records, board, host } = generateRecords(types, layout, file)
    return { code: { board, host }, facts: { records: records.map(recordFacts) } }
}

/**
 * A whole file.
 * @param from the path of what it is made from, as it is seen from the file's own folder
 */
export function generatedFile(code: string, from: string): string {
    return lines(`${GENERATED_BY}${sanitize(from)}: change that, and run it again.`, "") + code
}
