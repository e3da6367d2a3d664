import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import type { ProgramCode } from "../program-code"
import { RecordEdits } from "../records/record-edits"
import { recordFields } from "../records/record-fields"
import { findRecordList } from "../records/record-list"
import { Values } from "../values/values"

/** Bytes of a buffer's block before its first byte, and what a block's size is a multiple of. */
const BUFFER_BYTES = 12
const ALIGNMENT = 4

/**
 * A list of objects becomes records in one buffer: flags the bits of a byte, numbers as wide as the
 * program's text says that they can be, texts that are written out in it their numbers. A list that is
 * itself written out, and never changes, goes to flash.
 */
export function packedRecords(advice: Advice, code: ProgramCode): Proposal {
    const records = findRecordList(advice, code)
    const { fields, bytes } = recordFields(records.element, code, new Values(code))
    const count = advice.count
    const edits = new RecordEdits(records, fields, bytes, code, count).all()
    const isFlash = records.kind === "literal"
    const after = isFlash ? 0 : Math.ceil((BUFFER_BYTES + count * bytes) / ALIGNMENT) * ALIGNMENT
    const { live, churn } = advice
    return {
        title: `${records.name}: ${count} objects become records of ${bytes} B in ${isFlash ? "flash" : "one buffer"}`,
        edits,
        predicted: {
            ...(live && { live: { before: live.before, after } }),
            ...(churn && { churn: { before: churn.before, after } }),
        },
    }
}
