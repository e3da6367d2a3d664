import type { Advice } from "../../../documents/advice"
import type { Proposal } from "../edit"
import { refuse } from "../refusal"
import type { TextEdit } from "../text-edit"
import type { Node } from "../tree"
import type { ProgramCode } from "../program-code"
import { bufferRows } from "./buffer-rows"

/** Fields of a struct in a buffer come in the order of their sizes, the largest first, without gaps. */
export function largeFieldsFirst(advice: Advice, code: ProgramCode): Proposal {
    const rows = bufferRows(advice, code)
    const sizes = new Map<Node, number>()
    for (const { field, bytes } of rows.accesses) {
        if (!field) return refuse(`a field of ${rows.name} has no constant of its own`)
        if ((sizes.get(field) ?? bytes) !== bytes)
            refuse(`${field.name!.text} is read in more than one size`)
        sizes.set(field, bytes)
    }
    const edits: TextEdit[] = []
    let offset = 0
    for (const [field, bytes] of [...sizes].sort(([, a], [, b]) => b - a)) {
        edits.push(code.replace(field.initializer!, String(offset)), ...withoutGap(field, code))
        offset += bytes
    }
    // In an array of them, each begins where its largest field may.
    const largest = Math.max(...sizes.values())
    const total = Math.ceil(offset / largest) * largest
    if (total >= rows.bytes) return refuse("its fields take no less in another order")
    edits.push(code.replace(rows.stride.initializer!, String(total)))
    return {
        title: `${rows.name}: records of ${total} B in place of ${rows.bytes} B, the large fields first`,
        edits,
    }
}

/** What a comment said of a gap behind the field is true no more. */
function withoutGap(field: Node, code: ProgramCode): TextEdit[] {
    const { text } = field.getSourceFile()
    const rest = /^[^\n]*/.exec(text.slice(field.end))![0]
    const found = /,? *then a gap of \d+/.exec(rest)
    if (!found) return []
    const start = field.end + found.index
    return [{ file: code.pathOfNode(field), start, end: start + found[0].length, text: "" }]
}
