/* oxlint-disable no-control-regex -- control characters are what this file is about */

/**
 * Escape sequences: a string command with its payload (title, link, ...) when it is terminated, a
 * CSI sequence, any other escape. Payloads exclude introducers, which keeps matching linear.
 */
const ESCAPES = new RegExp(
    [
        /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0080-\u009f]*(?:\u0007|\u001b\\|\u009c)/,
        /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]/,
        /\u001b[ -/]*[0-~]/,
    ]
        .map(pattern => pattern.source)
        .join("|"),
    "g",
)

/** Invisible and direction-changing characters, the two that make up emoji and scripts aside. */
const INVISIBLE = /(?!\u200c|\u200d)[\p{Cf}\u2028\u2029]/gu

/** Whether a text has anything but line breaks that is not to be printed as it is. */
const UNSAFE = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029\p{Surrogate}]/u

/**
 * Text of the simulated program, or of a file, made safe to print on a terminal: escape sequences
 * go as a whole, then every control character (C0, DEL, C1), every direction override and every
 * invisible character. Tabs and line breaks become one space, so it stays on one line; halves of
 * surrogate pairs become U+FFFD. What a log says can then neither move the cursor, nor recolour,
 * nor retitle, nor reorder what surrounds it.
 */
export function sanitize(text: string): string {
    return text
        .replace(ESCAPES, "")
        .replace(/\r\n|[\t\n\v\f\r\u0085]/g, " ")
        .replace(/\p{Cc}/gu, "")
        .replace(INVISIBLE, "")
        .replace(/\p{Surrogate}/gu, "\ufffd")
}

/** Line breaks, and escape sequences that only colour. */
const OWN = /(\r?\n|\u001b\[[\d;]*m)/

/**
 * What is about to be printed, made safe once more: line breaks stay, and our own colours where they are
 * wanted; all else goes as `sanitize` has it, whoever forgot that before.
 * @param keepsColor whether colours stay
 */
export function printable(text: string, keepsColor: boolean): string {
    if (!UNSAFE.test(text)) return text
    return text
        .split(OWN)
        .map((part, i) => {
            if (i % 2 === 0) return sanitize(part)
            return part.endsWith("\n") ? "\n" : keepsColor ? part : ""
        })
        .join("")
}
