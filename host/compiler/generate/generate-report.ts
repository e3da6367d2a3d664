import type { GeneratedRecord, GeneratedTableFacts } from "../../documents/layout/generate-report"
import type { NamedRecord } from "./records/accessors"
import { flashBytes, informationBytes } from "./tables/encode"
import { lookupBytes } from "./tables/lookup"
import type { NamedTable } from "./tables/named-table"

/** A record as a report has it. */
export function recordFacts({ placed, accessors }: NamedRecord): GeneratedRecord {
    const { type, layout, bytes } = placed
    return {
        ...{ name: type.name, line: type.line, layout, bytes },
        fields: accessors.map(({ field, get, set }) => ({
            ...{ name: field.path.join("."), type: field.written, bit: field.bit },
            ...{ bits: field.bits, get, set },
        })),
    }
}

/** A table as a report has it. */
export function tableFacts({ table, columns }: NamedTable): GeneratedTableFacts {
    const sum = (bytes: number[]) => bytes.reduce((total, one) => total + one, 0)
    return {
        ...{ name: table.name, rows: table.rows },
        flashBytes: sum(
            columns.map(
                ({ encoded, lookup }) => flashBytes(encoded) + (lookup ? lookupBytes(lookup) : 0),
            ),
        ),
        informationBytes: sum(columns.map(({ encoded }) => informationBytes(encoded))),
        columns: columns.map(({ column, encoded, get, type, find, lookup }) => ({
            ...{ name: column.name, type, flashBytes: flashBytes(encoded), get },
            ...(find !== undefined &&
                lookup && {
                    find: { name: find, by: lookup.by, flashBytes: lookupBytes(lookup) },
                }),
        })),
    }
}
