import stringWidth from "string-width"
import type { Style } from "./style"

/** An SGR sequence (colour, bold, ...) as picocolors writes it. */
// oxlint-disable-next-line no-control-regex -- the escape character is the point
export const SGR = /(\u001b\[[\d;]*m)/

const ALL_SGR = new RegExp(SGR, "g")

/** Characters that take one column each: ASCII, and those that our own pictures are made of. */
const NARROW = /^[\u0020-\u007e·±…\u2500-\u259f\u2800-\u28ff]*$/

let segmenter: Intl.Segmenter | undefined

/** Splits text into characters as people count them. */
export function graphemes(text: string): Intl.Segments {
    // Made when first needed: no command that prints JSON needs it.
    segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" })
    return segmenter.segment(text)
}

/** Cuts a line, coloured or not, to at most `width` columns; `…` says that something is gone. */
export function fit(line: string, width: number): string {
    // Most lines are ours and short enough, and a screen has many, ten times a second.
    const plain = line.replace(ALL_SGR, "")
    if (plain.length <= width && NARROW.test(plain)) return line
    if (stringWidth(line) <= width) return line
    let room = Math.max(0, width - 1)
    let result = ""
    let cut = false
    for (const [i, part] of line.split(SGR).entries()) {
        // Sequences stay after the cut, too: they close what was opened before it.
        if (i % 2 === 1) {
            result += part
            continue
        }
        for (const { segment } of cut ? [] : graphemes(part)) {
            const columns = stringWidth(segment)
            if (columns > room) {
                cut = true
                if (width > 0) result += "…"
                break
            }
            result += segment
            room -= columns
        }
    }
    return result
}

/** Pads a line, coloured or not, on the right to `width` columns. */
export function padRight(line: string, width: number): string {
    return line + " ".repeat(Math.max(0, width - stringWidth(line)))
}

/** Pads a line, coloured or not, on the left to `width` columns. */
export function padLeft(line: string, width: number): string {
    return " ".repeat(Math.max(0, width - stringWidth(line))) + line
}

/** Between a figure and its unit, and between the hours, minutes and seconds of one time. */
const WITHIN_FIGURE =
    /(?<=\d) (?=(?:[kMG]B|[KM]iB|B|%|[mµ]?s|[mhd])(?![\w/]))|(?<=\d [mhd]) (?=\d+ [smh]\b)/g

/**
 * Breaks plain text at spaces into lines of at most `width` columns; a longer word is cut up. A figure stays with
 * its unit.
 */
export function wrap(text: string, width: number): string[] {
    const words = text.replace(WITHIN_FIGURE, "\u00a0").split(/[^\S\u00a0]+/)
    return linesOf(words, width).map(line => line.replaceAll("\u00a0", " "))
}

function linesOf(words: readonly string[], width: number): string[] {
    const lines: string[] = []
    let line = ""
    for (const word of words.filter(word => word !== "")) {
        const joined = line === "" ? word : `${line} ${word}`
        if (stringWidth(joined) <= width) {
            line = joined
            continue
        }
        if (line !== "") lines.push(line)
        line = ""
        for (const { segment } of graphemes(word)) {
            if (stringWidth(line + segment) > width) {
                lines.push(line)
                line = ""
            }
            line += segment
        }
    }
    if (line !== "") lines.push(line)
    return lines
}

const INDENT = "  "

/** Sections stand two columns in, under the line that says what they are about. */
export const indent = {
    /** The style for what is going to be indented. */
    narrow: (style: Style): Style => ({
        ...style,
        width: Math.max(1, style.width - INDENT.length),
    }),
    /** Indents every line, cut to the narrowed style's width. */
    lines: (text: string, narrowed: Style): string =>
        text
            .split("\n")
            .map(line => (line === "" ? "" : INDENT + fit(line, narrowed.width)))
            .join("\n"),
}

/** Sets parts, coloured or not, beside each other on as many lines of `width` columns as it takes. */
export function flow(parts: readonly string[], width: number, gap = "   "): string {
    const lines: string[] = []
    for (const part of parts) {
        const joined = `${lines.at(-1) ?? ""}${gap}${part}`
        if (lines.length > 0 && stringWidth(joined) <= width) lines[lines.length - 1] = joined
        else lines.push(fit(part, width))
    }
    return lines.join("\n")
}

/** Two blocks of lines side by side when they fit into `width` columns, else one above the other. */
export function beside(left: string, right: string, width: number, gap = 4): string {
    const lefts = left.split("\n")
    const rights = right.split("\n")
    const leftWidth = Math.max(...lefts.map(line => stringWidth(line))) + gap
    const rightWidth = Math.max(...rights.map(line => stringWidth(line)))
    if (leftWidth + rightWidth > width) return `${left}\n\n${right}`
    return Array.from({ length: Math.max(lefts.length, rights.length) }, (_, i) =>
        (padRight(lefts[i] ?? "", leftWidth) + (rights[i] ?? "")).trimEnd(),
    ).join("\n")
}

/** Cuts plain text to at most `width` columns from its start: the end of a path says most. */
export function fitEnd(text: string, width: number): string {
    if (stringWidth(text) <= width) return text
    let kept = ""
    for (const { segment } of Array.from(graphemes(text)).reverse()) {
        if (stringWidth(segment + kept) > width - 1) break
        kept = segment + kept
    }
    return width > 0 ? `…${kept}` : ""
}
