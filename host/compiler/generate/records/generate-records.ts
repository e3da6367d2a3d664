import type { NamedType } from "../../../analysis/layout/field-types"
import { namedRecord, type NamedRecord } from "./accessors"
import { BOARD_WRITE_TEXT, boardRecord } from "./board-records"
import { hostHelpers, hostRecord } from "./host-records"
import { Names } from "../names"
import { placeRecord, type RecordLayout } from "./record-fields"

/** The code of records, without the line that says where it is from. */
export interface GeneratedRecords {
    records: NamedRecord[]
    board: string
    host: string
}

/**
 * Makes accessors of records: the same text for the same declarations.
 * @param file as messages name it
 * @throws UserError for what has no place, or no name of its own
 */
export function generateRecords(
    types: readonly NamedType[],
    layout: RecordLayout,
    file: string,
): GeneratedRecords {
    const names = new Names()
    const records = types.map(type => namedRecord(placeRecord(type, layout, file), file, names))
    const board = records.map(boardRecord).join("\n")
    const host = records.map(hostRecord).join("\n")
    return {
        records,
        board: board + (/\bwriteText\(/.test(board) ? BOARD_WRITE_TEXT : ""),
        host: host + hostHelpers(host),
    }
}
