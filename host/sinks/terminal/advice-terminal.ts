import { saved, type Advice, type Change } from "../../documents/advice"
import { sanitize } from "../../base/sanitize"
import type { Style } from "./text/style"
import { wrap } from "./text/text-layout"
import { formatBytesExact, formatCount, formatPercent } from "../../base/format-units"

const MAX_ADVICE = 8
/** Columns before the text of an advice, for its number. */
const MARGIN = 4

/** What the program could do to take less memory, the most first. Empty when nobody asked. */
export function renderAdvice(advice: readonly Advice[] | undefined, style: Style): string {
    if (!advice) return ""
    const { colors: c } = style
    const title = c.bold("Advice")
    if (advice.length === 0) return `${title}   none: nothing here is worth a change`
    const shown = advice.slice(0, MAX_ADVICE)
    const hidden = advice.length - shown.length
    return [
        `${title}   what saves most first`,
        ...shown.map((one, i) => renderOne(one, i + 1, style)),
        ...(hidden > 0 ? [c.dim(`… and ${hidden} more, which save less`)] : []),
    ].join("\n")
}

/** What to do, what was found and where, what that saves and how it was worked out, where to see it done. */
function renderOne(advice: Advice, number: number, { colors: c, width }: Style): string {
    const { what, instead, code, at, live, churn, peak, formula, lesson } = advice
    const lines = (text: string) => wrap(withCommas(sanitize(text)), width - MARGIN)
    const place = at ? `${at.file}:${at.line}: ` : ""
    const text = [
        ...lines(`${capitalized(instead)}.`).map(line => c.bold(line)),
        ...codeLines(code, width - MARGIN).map(line => c.cyan(line)),
        ...lines(`${place}${what}.`),
        ...[
            ...changeText("live", live),
            ...changeText("high-water live", peak),
            ...changeText("allocated", churn),
        ].flatMap(change => wrap(change, width - MARGIN).map(line => c.green(line))),
        ...lines(`after: ${formula}`).map(line => c.dim(line)),
        ...(lesson ? lines(`see heapscope lesson ${lesson}`).map(line => c.cyan(line)) : []),
    ]
    const first = `${number}  `.padStart(MARGIN)
    return text.map((line, i) => (i === 0 ? first : " ".repeat(MARGIN)) + line).join("\n")
}

/** Code as it is, a little further in; what is too long goes on below. */
function codeLines(code: string | undefined, width: number): string[] {
    if (code === undefined) return []
    return code
        .split("\n")
        .flatMap(line =>
            wrap(sanitize(line).trimStart(), width - 4).map(part => indentOf(line) + part),
        )
}

function indentOf(line: string): string {
    return "  " + (line.startsWith("    ") ? "  " : "")
}

function changeText(name: string, change: Change | undefined): string[] {
    if (!change || saved(change) <= 0) return []
    const { before, after } = change
    const share = formatPercent(saved(change) / before)
    return [`${name} ${formatBytesExact(before)} → ${formatBytesExact(after)}, ${share} less`]
}

/** `15004 B` as `15,004 B`, also without its unit; lines and hex are left alone. */
function withCommas(text: string): string {
    return text.replace(/(?<![\w.:])\d{4,}(?![\w.])/g, digits => formatCount(Number(digits)))
}

function capitalized(text: string): string {
    return text.slice(0, 1).toUpperCase() + text.slice(1)
}
