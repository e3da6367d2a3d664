/** What JSON lets stand as it is, and a terminal or an editor does not show: DEL, C1, directions, separators. */
const UNSEEN = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu

/** What is neither printable ASCII nor the end of a line. */
const NOT_PLAIN = /[^ -~\n]/

/**
 * A value as JSON that is safe to print: what cannot be seen, or reorders what can, is written as `\u....`.
 * Read again it is the same value.
 * @param indent spaces a level; without it, all is on one line
 */
export function toJson(value: unknown, indent?: number): string {
    return escapeUnseen(JSON.stringify(value, null, indent))
}

/** JSON, of which there may be many lines, made safe to print as `toJson` says. */
export function escapeUnseen(json: string): string {
    // Of a line in a thousand more is to be asked.
    return NOT_PLAIN.test(json) ? json.replace(UNSEEN, escaped) : json
}

/** A character as JSON escapes it, one that takes two units as two. */
function escaped(character: string): string {
    let text = ""
    for (let i = 0; i < character.length; i++)
        text += `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`
    return text
}
