import { saved, type Advice, type Change } from "../../documents/advice"
import type { AimReport } from "../../documents/aim"
import type { SimReport } from "../../documents/sim-report"
import type { StackFrame } from "../../model/figures"
import { sanitize } from "../../base/sanitize"
import type { Style } from "./text/style"
import { wrap } from "./text/text-layout"
import {
    formatBytesExact,
    formatCount,
    formatDuration,
    formatPercent,
} from "../../base/format-units"

const MAX_ADVICE = 8
/** Columns before the text of an advice, for its number. */
const MARGIN = 4

/** A run, as far as its advice goes. */
type Advised = Pick<SimReport, "aim" | "judgement" | "heap">

/**
 * What the program could do to take less memory, the most first. Empty when nobody asked.
 * @param of the run, where it is known how it went
 */
export function renderAdvice(
    advice: readonly Advice[] | undefined,
    style: Style,
    of?: Advised,
): string {
    if (!advice) return ""
    const aim = of?.aim
    const { colors: c } = style
    const title = c.bold("Advice")
    if (aim)
        return [
            ...aimLines(aim, style),
            ...advice.map((one, i) => renderOne(one, i + 1, style)),
            ...sumLines(aim, advice, style),
        ].join("\n")
    if (advice.length === 0) return `${title}   none: nothing here is worth a change`
    const shown = advice.slice(0, MAX_ADVICE)
    const hidden = advice.length - shown.length
    return [
        ...(of && isEnough(of)
            ? wrap(`${c.bold("Advice:")} ${NOTHING_TO_DO}`, style.width)
            : [`${title}   what saves most first`]),
        ...shown.map((one, i) => renderOne(one, i + 1, style)),
        ...(hidden > 0 ? [c.dim(`… and ${hidden} more, which save less`)] : []),
    ].join("\n")
}

/** Below this share of the heap, a program that is fine has room. */
const ROOMY = 1 / 2
const NOTHING_TO_DO =
    "nothing needs doing: it is fine and has room; what follows only saves more, the most first"

/** A program that is fine and has room needs no advice, whatever could be saved. */
function isEnough({ judgement, heap }: Advised): boolean {
    return judgement.severity === "good" && heap.highWaterLiveBytes < heap.capacityBytes * ROOMY
}

function aimLines(
    { state, words, figure, before }: AimReport,
    { colors: c, width }: Style,
): string[] {
    const is = aimedText(figure, before)
    const said = {
        met: `nothing needs doing: ${is}, which is within the aim (${words})`,
        reached: `the simplest changes that reach the aim: ${words}`,
        missed: `nothing that is known here reaches the aim (${words}); it is ${is}, and this comes nearest`,
        unknown: `what may reach the aim (${words}); it is ${is}. The simplest first: run again after each`,
    }[state]
    return wrap(`${c.bold("Advice:")} ${said}`, width)
}

/** Where it gets one to. */
function sumLines(
    { state, figure, before, after, most }: AimReport,
    advice: readonly Advice[],
    { colors: c, width }: Style,
): string[] {
    if (advice.length === 0 || after === null) return []
    const change = `${formatFigure(figure, before)} → ${aimedText(figure, after)}`
    const text =
        state === "reached"
            ? `That is enough: ${change}.`
            : `That is not enough: ${change}${figure === "live" ? `, still ${formatBytesExact(after - most)} over` : ""}.`
    return wrap(text, width).map(line => c.bold(line))
}

function formatFigure(figure: AimReport["figure"], value: number): string {
    return figure === "live" ? formatBytesExact(value) : formatPercent(value)
}

function aimedText(figure: AimReport["figure"], value: number): string {
    const text = formatFigure(figure, value)
    return figure === "live" ? `${text} live at most` : `${text} fragmentation of what is live`
}

/** What to do, what was found and where, what that saves and how it was worked out, where to see it done. */
function renderOne(advice: Advice, number: number, { colors: c, width }: Style): string {
    const { what, instead, code, at, alsoAt = [], live, churn, peak, formula, lesson } = advice
    const lines = (text: string) => wrap(withCommas(sanitize(text)), width - MARGIN)
    const place = at ? `${at.file}:${at.line}: ` : ""
    const text = [
        ...lines(`${capitalized(instead)}.`).map(line => c.bold(line)),
        ...codeLines(code, width - MARGIN).map(line => c.cyan(line)),
        ...lines(`${place}${what}.`),
        ...(alsoAt.length > 0 ? lines(`made at ${placesText(alsoAt)}, too.`) : []),
        ...[
            ...changeText("live", live),
            ...changeText("high-water live", peak),
            ...changeText("allocated", churn),
        ].flatMap(change => wrap(change, width - MARGIN).map(line => c.green(line))),
        ...lines(priceText(advice)).map(line => c.dim(line)),
        ...lines(`after: ${formula}`).map(line => c.dim(line)),
        ...(lesson ? lines(`see heapscope lesson ${lesson}`).map(line => c.cyan(line)) : []),
    ]
    const first = `${number}  `.padStart(MARGIN)
    return text.map((line, i) => (i === 0 ? first : " ".repeat(MARGIN)) + line).join("\n")
}

/** Places by file: `src/main.ts:4, 9 and src/b.ts:2`. */
function placesText(places: readonly StackFrame[]): string {
    const files = new Map<string, number[]>()
    for (const { file, line } of places) files.set(file, [...(files.get(file) ?? []), line])
    return [...files].map(([file, lines]) => `${file}:${lines.join(", ")}`).join(" and ")
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

/** What following it costs: how hard it is, what its calls allocate, flash and the board's time. */
function priceText({ complexity, boardTimeMs, flashBytes, workMs, churn }: Advice): string {
    const more = -saved(churn)
    const time = ({ before, after }: Change) =>
        `${formatDuration(before)} → ${formatDuration(after)}`
    const flash = ({ before, after }: Change) =>
        after === before
            ? "as much flash"
            : `flash ${formatBytesExact(before)} → about ${formatBytesExact(after)}`
    return [
        ...(complexity ? [`complexity ${complexity}`] : []),
        ...(flashBytes ? [flash(flashBytes)] : []),
        ...(churn && more === 0 ? ["allocated as before"] : []),
        ...(more > 0 ? [`allocated ${formatBytesExact(more)} more, in frames of calls`] : []),
        ...(workMs ? [`running ${time(workMs)}`] : []),
        ...(boardTimeMs
            ? [`board time ${time(boardTimeMs)}${workMs ? "" : " in allocating and collecting"}`]
            : []),
    ].join(", ")
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
