import { saved, type Advice, type Change } from "../advice/advice"
import { sanitize } from "./sanitize"
import type { Style } from "./style"
import { wrap } from "./text-layout"
import { formatBytesExact, formatCount, formatPercent } from "./units"

const MOST_ADVICE = 8

/** What the program could do to take less memory, the most first. Empty when nobody asked. */
export function renderAdvice(advice: readonly Advice[] | undefined, style: Style): string {
    if (!advice) return ""
    const { colors: c } = style
    const title = c.bold("Advice")
    if (advice.length === 0) return `${title}   none: no waste that a lesson would remove was seen`
    const shown = advice.slice(0, MOST_ADVICE)
    const hidden = advice.length - shown.length
    return [
        title,
        ...shown.map((one, i) => renderOne(one, i + 1, style)),
        ...(hidden > 0 ? [c.dim(`… and ${hidden} more, which save less`)] : []),
    ].join("\n")
}

function renderOne(advice: Advice, number: number, { colors: c, width }: Style): string {
    const { what, instead, at, live, churn, peak, formula, lesson } = advice
    const indented = (text: string) => wrap(text, width - 4).map(line => `    ${line}`)
    const place = at ? ` (${at.file}:${at.line})` : ""
    const [first = "", ...rest] = wrap(sanitize(`${withCommas(what)}${place}.`), width - 4)
    const changes = [
        ...changeText("live", live),
        ...changeText("live at most", peak),
        ...changeText("allocated", churn),
    ]
    return [
        c.bold(`${String(number).padStart(2)}  ${first}`),
        ...rest.map(line => c.bold(`    ${line}`)),
        ...indented(sanitize(`${capitalized(instead)}.`)),
        ...changes.flatMap(indented).map(line => c.green(line)),
        ...indented(sanitize(`after: ${withCommas(formula)}`)).map(line => c.dim(line)),
        ...indented(`heapscope lesson ${lesson}`).map(line => c.cyan(line)),
    ].join("\n")
}

function changeText(name: string, change: Change | undefined): string[] {
    if (!change || saved(change) <= 0) return []
    const { before, after } = change
    const share = formatPercent(saved(change) / before)
    return [`${name} ${formatBytesExact(before)}, then ${formatBytesExact(after)}: ${share} less`]
}

/** `15004 B` as `15,004 B`. */
function withCommas(text: string): string {
    return text.replace(/\d{4,}/g, digits => formatCount(Number(digits)))
}

function capitalized(text: string): string {
    return text.slice(0, 1).toUpperCase() + text.slice(1)
}
