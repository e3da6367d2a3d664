/** Heights of a cell in characters that every terminal has: more ink, higher. */
const HEIGHTS = "_.:-=+*#"

/** What stands for the characters of reports and screens that are not ASCII, a column each. */
const IN_ASCII: Readonly<Record<string, string>> = {
    ...{ "✓": "+", "✗": "x", "●": "*", "▶": ">", "▲": "^", "→": ">", "←": "<", "…": "~", "⋮": ":" },
    ...{ "·": ".", "•": "*", "±": "~", "×": "x", "≥": ">", "≤": "<", µ: "u", "°": "o" },
    ...{ "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-" },
    ...{ "─": "-", "━": "=", "╸": "-", "╺": "-", "╌": "-", "│": "|", "┃": "|", "┤": "|", "├": "|" },
    ...{ "└": "+", "┘": "+", "┌": "+", "┐": "+", "┬": "+", "┴": "^", "┼": "+", "╵": "|" },
    ...{ "▏": "|", "▎": "|", "▍": "|", "▌": "=", "▋": "=", "▊": "=", "▉": "#", "░": ".", "▒": ":" },
    ...Object.fromEntries([..."▁▂▃▄▅▆▇█"].map((block, i) => [block, HEIGHTS[i]!])),
}

/** Braille dots, as a chart without colours draws: the more of them, the more ink. */
const BRAILLE = { from: 0x2800, to: 0x28ff, inks: " .:-=+*%#" }

/**
 * A text as a terminal shows it that knows nothing but ASCII, where `isAscii`: our own characters become
 * others of one column, anything else `?`.
 */
export function inCharacters(text: string, isAscii: boolean): string {
    // oxlint-disable-next-line no-control-regex -- colours are ASCII, too
    return isAscii ? text.replace(/[^\x00-\x7f]/gu, inAscii) : text
}

function inAscii(character: string): string {
    const code = character.codePointAt(0)!
    if (code >= BRAILLE.from && code <= BRAILLE.to) {
        const dots = (code - BRAILLE.from).toString(2).replaceAll("0", "").length
        return BRAILLE.inks[dots]!
    }
    return IN_ASCII[character] ?? "?"
}
