/** Lines of context around a change, as `diff -u` has them. */
const CONTEXT = 3
/** Two texts of more lines than this, multiplied, are shown as one replaced by the other. */
const MAX_TABLE = 16_000_000

type Line = { sign: " " | "-" | "+"; text: string }

/**
 * The difference of two texts as a unified diff, which `patch` takes; empty when they are the same.
 * @param name of the file, with forward slashes
 */
export function unifiedDiff(name: string, before: string, after: string): string {
    if (before === after) return ""
    const lines = difference(linesOf(before), linesOf(after))
    const hunks: string[] = []
    let [oldLine, newLine] = [1, 1]
    for (let at = 0; at < lines.length;) {
        const change = lines.findIndex((line, index) => index >= at && line.sign !== " ")
        if (change < 0) break
        const start = Math.max(at, change - CONTEXT)
        let [end, unchanged] = [change, 0]
        while (end < lines.length && unchanged <= 2 * CONTEXT)
            unchanged = lines[end++]!.sign === " " ? unchanged + 1 : 0
        if (unchanged > CONTEXT) end -= unchanged - CONTEXT
        for (; at < start; at++) [oldLine, newLine] = [oldLine + 1, newLine + 1]
        const part = lines.slice(start, end)
        const olds = part.filter(({ sign }) => sign !== "+").length
        const news = part.filter(({ sign }) => sign !== "-").length
        hunks.push(
            `@@ -${range(oldLine, olds)} +${range(newLine, news)} @@\n` +
                part.map(({ sign, text }) => sign + ended(text)).join(""),
        )
        oldLine += olds
        newLine += news
        at = end
    }
    return `--- a/${name}\n+++ b/${name}\n${hunks.join("")}`
}

function range(first: number, count: number): string {
    return `${count === 0 ? first - 1 : first},${count}`
}

function ended(line: string): string {
    return line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`
}

/** Each with its end of line. */
function linesOf(text: string): string[] {
    return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function difference(a: readonly string[], b: readonly string[]): Line[] {
    let head = 0
    while (head < a.length && head < b.length && a[head] === b[head]) head++
    let tail = 0
    while (
        tail < Math.min(a.length, b.length) - head &&
        a[a.length - 1 - tail] === b[b.length - 1 - tail]
    )
        tail++
    const same = (lines: readonly string[]) => lines.map(text => ({ sign: " " as const, text }))
    return [
        ...same(a.slice(0, head)),
        ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
        ...same(a.slice(a.length - tail)),
    ]
}

/** By the longest run of lines that both have in common. */
function middle(a: readonly string[], b: readonly string[]): Line[] {
    const out = (text: string): Line => ({ sign: "-", text })
    const into = (text: string): Line => ({ sign: "+", text })
    if (a.length * b.length > MAX_TABLE) return [...a.map(out), ...b.map(into)]
    const width = b.length + 1
    const common = new Uint32Array((a.length + 1) * width)
    for (let i = a.length - 1; i >= 0; i--)
        for (let j = b.length - 1; j >= 0; j--)
            common[i * width + j] =
                a[i] === b[j]
                    ? common[(i + 1) * width + j + 1]! + 1
                    : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
    const lines: Line[] = []
    let [i, j] = [0, 0]
    while (i < a.length || j < b.length) {
        if (i < a.length && j < b.length && a[i] === b[j]) {
            lines.push({ sign: " ", text: a[i++]! })
            j++
        } else if (
            i < a.length &&
            (j === b.length || common[(i + 1) * width + j]! >= common[i * width + j + 1]!)
        )
            lines.push(out(a[i++]!))
        else lines.push(into(b[j++]!))
    }
    return lines
}
