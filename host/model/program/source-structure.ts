/** What is written around a place of a source, innermost first. */
export type Around =
    /** A loop that ends by itself: `for (let i = 0; i < 50; i++)`, `for (const x of xs)`. */
    | { kind: "loop"; header: string }
    /** `while (true)`, `for (;;)`. */
    | { kind: "endless"; header: string }
    /** A function that something calls again and again: the argument of `setInterval`, `subscribe`, ... */
    | { kind: "callback"; of: string }
    | { kind: "condition"; header: string }
    /** The function it is written in. What is around that one does not say how often it runs. */
    | { kind: "function"; name: string | undefined }

/** Calls that take a function and go on calling it. */
const REPEATS = /(?:^|\.)(setInterval|subscribe|subscribeMany|on|onChange|addListener|every|loop)$/
/** Calls that run a function once for each element, within the call itself. */
const EACH = /\.(map|forEach|filter|reduce|some|every|find|findIndex)$/
/** More than this before a place is not looked through. */
const MAX_TEXT = 200_000

/**
 * The source with everything in comments, texts and patterns made blank, character for character: what
 * brackets mean there, they mean nowhere else.
 */
export function withoutTexts(source: string): string {
    return source.replace(
        /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`/g,
        text => text.replace(/[^\n]/g, " "),
    )
}

/** What is written around an offset of a source, up to and with the function it is in. */
export function around(source: string, offset: number): Around[] {
    const text = withoutTexts(source.slice(0, Math.min(offset, MAX_TEXT)))
    const found: Around[] = []
    let end = text.length
    for (;;) {
        const header = unbracedHeader(text, end)
        if (!header) break
        found.push(header.around)
        end = header.at
    }
    let depth = 0
    for (let at = end - 1; at >= 0; at--) {
        const char = text[at]!
        if (")]}".includes(char)) depth++
        if (!"([{".includes(char)) continue
        if (depth > 0) {
            depth--
            continue
        }
        const one = char === "{" ? ofBrace(text, at) : char === "(" ? ofCall(text, at) : undefined
        if (!one) continue
        found.push(one)
        if (one.kind === "callback" || one.kind === "function") {
            const call = one.kind === "function" ? callbackAround(text, at) : undefined
            // A loop's own bracket comes next.
            if (call?.kind === "loop") continue
            if (call) found.push(call)
            break
        }
    }
    return found
}

/** `for (...)`, `if (...)` or `while (...)` right before the statement, without a brace. */
function unbracedHeader(text: string, end: number): { around: Around; at: number } | undefined {
    const before = text.slice(0, end).trimEnd()
    if (!before.endsWith(")")) return undefined
    const open = matching(before, before.length - 1)
    const around = ofKeyword(before, open, before.slice(open))
    return around && { around, at: keywordStart(before, open) }
}

function ofBrace(text: string, at: number): Around | undefined {
    const before = text.slice(0, at).trimEnd()
    if (before.endsWith("=>")) return { kind: "function", name: assignedName(before) }
    // A declared type stands between the parameters and the body.
    const close = /\)(\s*:\s*[\w<>[\]., |]+)?$/.exec(before)
    if (!close) return undefined
    const open = matching(before, close.index)
    const keyword = ofKeyword(before, open, before.slice(open, close.index + 1))
    if (keyword) return keyword
    const [, name] = /([\w$]+)\s*$/.exec(before.slice(0, open)) ?? []
    return name === "switch" || name === "catch" || name === "with"
        ? undefined
        : { kind: "function", name: name === "function" ? undefined : name }
}

function ofKeyword(before: string, open: number, header: string): Around | undefined {
    const [, keyword] = /\b(for|while|if)(?:\s+await)?\s*$/.exec(before.slice(0, open)) ?? []
    if (!keyword) return undefined
    const whole = keyword + " " + header
    if (keyword === "if") return { kind: "condition", header: whole }
    const isEndless = /^while \(\s*(true|1)\s*\)$|^for \(\s*[^;]*;\s*;/.test(whole)
    return { kind: isEndless ? "endless" : "loop", header: whole }
}

function ofCall(text: string, at: number): Around | undefined {
    const callee = calleeBefore(text, at)
    if (!/=>/.test(text.slice(at))) return undefined
    if (EACH.test(callee) && !REPEATS.test(callee)) return { kind: "loop", header: callee }
    return REPEATS.test(callee) ? { kind: "callback", of: callee } : undefined
}

/** The call that a function with braces is an argument of, if it is one. */
function callbackAround(text: string, brace: number): Around | undefined {
    let depth = 0
    for (let at = brace - 1; at >= 0 && at > brace - 400; at--) {
        const char = text[at]!
        if (")]}".includes(char)) depth++
        else if ("[{".includes(char)) {
            if (depth-- === 0) return undefined
        } else if (char === ";" && depth === 0) return undefined
        else if (char === "(" && depth-- === 0) {
            const callee = calleeBefore(text, at)
            if (REPEATS.test(callee)) return { kind: "callback", of: callee }
            return EACH.test(callee) ? { kind: "loop", header: callee } : undefined
        }
    }
    return undefined
}

function calleeBefore(text: string, open: number): string {
    return (
        /([\w$.\])]+)\s*(?:<[\w ,[\]|]+>)?\s*$/.exec(
            text.slice(Math.max(0, open - 200), open),
        )?.[1] ?? ""
    )
}

/** `const look = async () => {`: look. */
function assignedName(before: string): string | undefined {
    return /([\w$]+)\s*=\s*(?:async\s*)?(?:\([^()]*\)|[\w$]+)\s*(?::\s*[\w<>[\]]+\s*)?=>$/.exec(
        before,
    )?.[1]
}

function keywordStart(before: string, open: number): number {
    return before.slice(0, open).search(/\b(for|while|if)(?:\s+await)?\s*$/)
}

/** Index of the bracket that the closing one at `close` belongs to. */
function matching(text: string, close: number): number {
    let depth = 0
    for (let at = close; at >= 0; at--) {
        if (")]}".includes(text[at]!)) depth++
        else if ("([{".includes(text[at]!) && --depth === 0) return at
    }
    return 0
}

/** Where a line and column of a source are, both from 1. */
export function offsetOf(source: string, line: number, column: number): number {
    let at = 0
    for (let i = 1; i < line; i++) {
        const next = source.indexOf("\n", at)
        if (next < 0) return source.length
        at = next + 1
    }
    return at + column - 1
}
