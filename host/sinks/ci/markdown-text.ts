import { formatCountOf } from "../../base/format-units"
import { sanitize } from "../../base/sanitize"

/** GitHub takes no longer comment: characters. */
const MAX_LENGTH = 65_535
/** Kept for the line that says that something is left out. */
const ROOM = 200

/** A table, its columns to the left or, by `r`, to the right. */
export interface Table {
    head: readonly string[]
    align: readonly ("" | "r")[]
    rows: readonly (readonly string[])[]
}

/**
 * Puts blocks under a head, whole rows of tables and whole blocks of text, as many as there is room for.
 * What is left out is said.
 */
export function cutBlocks(head: string, blocks: readonly (Table | string)[]): string {
    const most = MAX_LENGTH - ROOM
    let text = head
    let rows = 0
    let details = 0
    for (const block of blocks) {
        const isTable = typeof block !== "string"
        const first = `\n${isTable ? headOf(block) : block}\n`
        if (text.length + first.length > most) {
            if (isTable) rows += block.rows.length
            else details++
            continue
        }
        text += first
        if (!isTable) continue
        for (const row of block.rows) {
            const line = `${lineOf(row)}\n`
            if (text.length + line.length > most) rows++
            else text += line
        }
    }
    const left = [
        ...(rows > 0 ? [formatCountOf(rows, "row")] : []),
        ...(details > 0 ? [formatCountOf(details, "detail")] : []),
    ]
    if (left.length === 0) return text
    return `${text}\nLeft out for their length: ${left.join(", ")}. \`heapscope check --json\` has all.\n`
}

function headOf({ head, align }: Table): string {
    return `${lineOf(head)}\n${lineOf(align.map(side => (side === "r" ? "---:" : "---")))}`
}

function lineOf(cells: readonly string[]): string {
    return `| ${cells.join(" | ")} |`
}

/** Stands between `@` and a name, so that nobody of that name is told: a package is no person. */
const JOINER = "\u2060"

/** Text of a program, of which nothing is markup. */
export function plainText(text: string): string {
    return sanitize(text)
        .replace(/[\\`*_{}[\]<>#|~!&]/g, character => `\\${character}`)
        .replace(/@(?=\w)/g, `@${JOINER}`)
}

/** Text of a program as code, which may stand in a table. */
export function codeSpan(text: string): string {
    return `\`${sanitize(text).replaceAll("`", "'").replaceAll("|", "\\|")}\``
}
