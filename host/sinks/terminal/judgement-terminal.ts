import type { Advice } from "../../documents/advice"
import type { Judgement } from "../../documents/judgement"
import { sanitize } from "../../base/sanitize"
import type { Style } from "./text/style"
import { wrap } from "./text/text-layout"

const SYMBOLS = { good: "✓", warning: "!", bad: "✗" } as const
/** Sentences of evidence shown: with them, the headline and what to run fit into a small terminal. */
const MAX_EVIDENCE = 4
const MARGIN = 2

/** The judgement in one line and its colour. */
export function renderHeadline({ severity, headline }: Judgement, style: Style): string {
    const { colors: c, width } = style
    const color = { good: c.green, warning: c.yellow, bad: c.red }[severity]
    return wrap(`${SYMBOLS[severity]} ${sanitize(headline)}`, width)
        .map(line => c.bold(color(line)))
        .join("\n")
}

/**
 * The judgement as the last thing on a terminal: what is wrong, why that is said, what ends it and what
 * to run next.
 * @param first the advice that saves most of what was found, if one was asked for
 */
export function renderJudgement(
    judgement: Judgement,
    first: Advice | undefined,
    style: Style,
): string {
    const { colors: c, width } = style
    const { evidence, at, next } = judgement
    const lines = (text: string) => wrap(sanitize(text), width - MARGIN)
    return [
        renderHeadline(judgement, style),
        ...[
            ...evidence.slice(0, MAX_EVIDENCE).flatMap(lines),
            ...(at
                ? lines(`at ${at.file}:${at.line} (${at.function})`).map(line => c.cyan(line))
                : []),
            ...(first ? lines(`do: ${first.instead}`).map(line => c.bold(line)) : []),
            ...(next
                ? lines(`next: ${next.command}   (${next.why})`).map(line => c.bold(line))
                : []),
        ].map(line => " ".repeat(MARGIN) + line),
    ].join("\n")
}
