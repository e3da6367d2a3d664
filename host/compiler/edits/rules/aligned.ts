import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import { refuse } from "../refusal"
import type { ProgramCode } from "../program-code"
import { bufferRows, type RowAccess } from "./buffer-rows"

/** Rows that begin at multiples of some alignment come one right after the other. */
export function rowsWithoutPadding(advice: Advice, code: ProgramCode): Proposal {
    const rows = bufferRows(advice, code)
    const needed = Math.max(...rows.accesses.map(end))
    if (!(needed > 0 && needed < rows.bytes))
        return refuse(`the rows of ${rows.name} have no bytes that nobody uses`)
    return {
        title: `${rows.name}: rows of ${needed} B in place of ${rows.bytes} B`,
        edits: [code.replace(rows.stride.initializer!, String(needed))],
    }
}

function end({ offset, bytes }: RowAccess): number {
    return offset + bytes
}
