import { stripVTControlCharacters } from "node:util"

/** Zero-width and direction-changing characters, the two that make up emoji and scripts aside. */
const INVISIBLE = /(?!\u200c|\u200d)[\p{Cf}\u2028\u2029\u{e0100}-\u{e01ef}\u{fff9}-\u{fffb}]/gu

/**
 * Text of the simulated program, or of a file, made safe to print on a terminal: escape sequences
 * go as a whole, then every control character (C0, DEL, C1), every direction override and every
 * invisible character. Tabs and line breaks become one space, so it stays on one line; halves of
 * surrogate pairs become U+FFFD. What a log says can then neither move the cursor, nor recolour,
 * nor retitle, nor reorder what surrounds it.
 */
export function sanitize(text: string): string {
    return stripVTControlCharacters(text)
        .replace(/\r\n|[\t\n\v\f\r\u0085]/g, " ")
        .replace(/\p{Cc}/gu, "")
        .replace(INVISIBLE, "")
        .replace(/\p{Surrogate}/gu, "\ufffd")
}
