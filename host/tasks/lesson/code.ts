const BEGIN = "// lesson: begin"
const END = "// lesson: end"

/**
 * The parts of a program between its marks, each moved to the left edge, with `...` where the program
 * goes on in between. Marking the source itself keeps what is shown from going stale.
 *
 * @param path names the program in errors
 * @throws Error when the marks do not come in pairs
 */
export function codeThatMatters(source: string, path: string): string {
    const parts: string[][] = []
    let part: string[] | undefined
    for (const line of source.split("\n")) {
        const mark = line.trim()
        if (mark === BEGIN) {
            if (part) throw new Error(`${path}: "${BEGIN}" twice without "${END}"`)
            part = []
        } else if (mark === END) {
            if (!part) throw new Error(`${path}: "${END}" without "${BEGIN}"`)
            parts.push(part)
            part = undefined
        } else part?.push(line)
    }
    if (part) throw new Error(`${path}: "${BEGIN}" without "${END}"`)
    if (parts.length === 0) throw new Error(`${path}: no "${BEGIN}"`)
    return parts.map(lines => moveLeft(lines).join("\n")).join("\n...\n")
}

function moveLeft(lines: string[]): string[] {
    const filled = lines.filter(line => line.trim() !== "")
    const margin = Math.min(...filled.map(line => line.length - line.trimStart().length))
    return lines.map(line => line.slice(margin))
}
