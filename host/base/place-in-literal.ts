/**
 * Where something is said in the text of a literal: JSON, or the object that a TypeScript or JavaScript
 * file exports as its default. It reads no code: of what is not written out there, nothing is known.
 * @param path of keys and indices from the outermost object on; of what is not there, where it would be
 * @returns an offset in the text; undefined where that is not certain
 */
export function placeInLiteral(text: string, path: readonly PropertyKey[]): number | undefined {
    const code = /\bexport\s+default\b|\bmodule\.exports\s*=/.exec(text)
    let at = text.indexOf("{", code?.index ?? 0)
    if (at < 0) return undefined
    let place = at
    for (const key of path) {
        const member = typeof key === "number" ? element(text, at, key) : property(text, at, key)
        if (member === "unknown") return undefined
        if (!member) return place
        place = member.place
        at = member.value
    }
    return place
}

/** The line of an offset, from 1. */
export function lineOf(text: string, offset: number): number {
    return text.slice(0, offset).split("\n").length
}

interface Member {
    /** Where it begins, its key with it. */
    place: number
    /** Where its value does. */
    value: number
}

/** `unknown`: something in there is not written out. */
type Found = Member | "unknown" | undefined

const BLANK = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
const KEY = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\w$]+/y
/** What a value goes over without a look inside: texts and comments. */
const OPAQUE = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[^]*?\*\//y

function property(text: string, start: number, key: PropertyKey): Found {
    if (text[start] !== "{") return "unknown"
    for (let at = after(BLANK, text, start + 1); at < text.length && text[at] !== "}";) {
        const end = after(KEY, text, at)
        const colon = after(BLANK, text, end)
        if (end === at || text[colon] !== ":") return "unknown"
        const value = after(BLANK, text, colon + 1)
        if (unquoted(text.slice(at, end)) === String(key)) return { place: at, value }
        at = next(text, value)
    }
    return undefined
}

function element(text: string, start: number, index: number): Found {
    if (text[start] !== "[") return "unknown"
    let count = 0
    for (let at = after(BLANK, text, start + 1); at < text.length && text[at] !== "]"; count++) {
        if (text.startsWith("...", at)) return "unknown"
        if (count === index) return { place: at, value: at }
        at = next(text, at)
    }
    return undefined
}

/** Behind a value and the comma after it. */
function next(text: string, from: number): number {
    let depth = 0
    let at = from
    for (; at < text.length; at++) {
        const behind = after(OPAQUE, text, at)
        if (behind > at) at = behind - 1
        else if ("{[(".includes(text[at]!)) depth++
        else if ("}])".includes(text[at]!)) {
            if (depth-- === 0) return at
        } else if (text[at] === "," && depth === 0) return after(BLANK, text, at + 1)
    }
    return at
}

/** Where a pattern ends that may begin here; here, where it does not. */
function after(pattern: RegExp, text: string, at: number): number {
    pattern.lastIndex = at
    return pattern.test(text) ? pattern.lastIndex : at
}

function unquoted(key: string): string {
    return /^["']/.test(key) ? key.slice(1, -1) : key
}
