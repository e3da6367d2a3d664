/** Text of one file that gives way to another; the rest stays as it is, to the last space. */
export interface TextEdit {
    /** Absolute path. */
    file: string
    /** Characters from the beginning of the file. */
    start: number
    end: number
    text: string
}

/** The text with the edits made. @throws RangeError for edits that overlap: two rules want the same place */
export function applyEdits(text: string, edits: readonly Omit<TextEdit, "file">[]): string {
    const sorted = [...edits].sort((a, b) => b.start - a.start || b.end - a.end)
    let [result, before] = [text, text.length + 1]
    for (const { start, end, text: instead } of sorted) {
        if (end > before || start > end) throw new RangeError(`edits overlap at ${start}`)
        result = result.slice(0, start) + instead + result.slice(end)
        before = start
    }
    return result
}
