import type { Advice } from "../../documents/advice"
import { NAMELESS } from "../../model/program/nameless"
import type { Conclusion, Judgement } from "../../model/judgement"
import { sanitize } from "../../base/sanitize"
import type { Style } from "./text/style"
import { fit, wrap } from "./text/text-layout"

const SYMBOLS = { good: "✓", warning: "!", bad: "✗" } as const
/** Sentences of evidence shown: with them, the headline and what to run fit into a small terminal. */
const MAX_EVIDENCE = 4
const MARGIN = 2

function colorOf(severity: Judgement["severity"], { colors: c }: Style) {
    return { good: c.green, warning: c.yellow, bad: c.red }[severity]
}

/** The judgement in one line and its colour. */
export function renderHeadline({ severity, headline }: Conclusion, style: Style): string {
    const { colors: c, width } = style
    const color = colorOf(severity, style)
    return wrap(`${SYMBOLS[severity]} ${sanitize(headline)}`, width)
        .map(line => c.bold(color(line)))
        .join("\n")
}

/** On a live screen: the headline, and the line to look at if there is one; a row each. */
export function renderVerdict(judgement: Conclusion, style: Style): string[] {
    const { at } = judgement
    const { severity, headline } = judgement
    const color = colorOf(severity, style)
    const first = fit(`${SYMBOLS[severity]} ${sanitize(headline)}`, style.width)
    const place = at && fit(`  at ${sanitize(placeText(at))}`, style.width)
    return [style.colors.bold(color(first)), ...(place ? [style.colors.cyan(place)] : [])]
}

/**
 * The judgement as the last thing on a terminal: what is wrong, why that is said, what ends it and what
 * to run next.
 * @param first the advice that saves most of what was found, if one was asked for
 */
export function renderJudgement(
    judgement: Conclusion,
    first: Advice | undefined,
    style: Style,
): string {
    const { colors: c, width } = style
    const { evidence, at } = judgement
    const next = judgement.next && (first ? afterAdvice(judgement.next) : judgement.next)
    const lines = (text: string) => wrap(sanitize(text), width - MARGIN)
    return [
        renderHeadline(judgement, style),
        ...[
            ...evidence.slice(0, MAX_EVIDENCE).flatMap(lines),
            ...(at ? lines(`at ${placeText(at)}`).map(line => c.cyan(line)) : []),
            ...(first ? lines(`do: ${first.instead}`).map(line => c.bold(line)) : []),
            ...(next
                ? lines(`next: ${next.command}   (${next.why})`).map(line => c.bold(line))
                : []),
        ].map(line => " ".repeat(MARGIN) + line),
    ].join("\n")
}

/** A function without a name has the compiler's, which tells a reader nothing. */
function placeText({ function: name, file, line }: NonNullable<Conclusion["at"]>): string {
    return name === NAMELESS ? `${file}:${line}` : `${file}:${line} (${name})`
}

/** A run that has given its advice leads to who carries it out, not to itself. */
function afterAdvice(next: NonNullable<Conclusion["next"]>): NonNullable<Conclusion["next"]> {
    const run = /^heapscope sim (.*\.ts'? .*) --advice$/.exec(next.command)?.[1]
    return run === undefined
        ? next
        : { command: `heapscope fix ${run}`, why: "tries what it can of this as edits" }
}
