/** What a source says of an address that it fetches from: all of it, or how it begins. */
const LITERAL = String.raw`"[^"\n]*"|'[^'\n]*'|${"`"}[^${"`"}]*${"`"}`
const CONSTANT = new RegExp(
    String.raw`\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)(?:\s*:\s*string)?\s*=\s*(${LITERAL})`,
    "g",
)
const PART = new RegExp(String.raw`^\s*(?:(${LITERAL})|([A-Za-z_$][\w$.]*))\s*`)

/** The texts that sources give names to, as they are written. */
export function namedTexts(sources: readonly string[]): Map<string, string> {
    return new Map(
        sources.flatMap(text =>
            [...text.matchAll(CONSTANT)].map(([, name, literal]) => [name!, literal!] as const),
        ),
    )
}

/**
 * Where a document comes from that a source reads at a place: host and path, as far as the text tells.
 * @param names of texts, as `namedTexts` has them
 * @returns undefined when no `fetch` before it, in the same function, names an address
 */
export function fetchedAddress(
    source: string,
    place: number,
    names: ReadonlyMap<string, string>,
): string | undefined {
    const fetched = source.lastIndexOf("fetch(", place)
    if (fetched < 0) return undefined
    const between = source.slice(fetched, place)
    if (/\bfunction\b|=>\s*\{/.test(between)) return undefined
    const url = textOf(source.slice(fetched + "fetch(".length, place), names)
    const [, host, path = ""] = /^https?:\/\/([^/:?#]+)(?::\d+)?([/?].*)?$/s.exec(url) ?? []
    // A host that is not told whole is none.
    if (host === undefined || (path === "" && !isWhole(source, fetched, names))) return undefined
    return host + path.split("#")[0]!
}

/** The text that an expression begins with: literals and named texts, one after the other. */
function textOf(expression: string, names: ReadonlyMap<string, string>, depth = 0): string {
    let text = ""
    let rest = expression
    for (;;) {
        const [part, literal, name] = PART.exec(rest) ?? []
        if (part === undefined) return text
        const known = literal ?? names.get(name!)
        if (known === undefined || depth > 3) return text
        const [told, isAll] = expanded(known, names, depth)
        text += told
        rest = rest.slice(part.length)
        if (!isAll || !rest.startsWith("+")) return text
        rest = rest.slice(1)
    }
}

/** What a literal says, up to a name that says nothing, and whether that is all of it. */
function expanded(
    literal: string,
    names: ReadonlyMap<string, string>,
    depth: number,
): [told: string, isAll: boolean] {
    const inner = literal.slice(1, -1)
    if (!literal.startsWith("`")) return [inner, true]
    let text = ""
    let at = 0
    for (const found of inner.matchAll(/\$\{\s*([^}]*?)\s*\}/g)) {
        text += inner.slice(at, found.index)
        if (depth > 3 || !names.has(found[1]!)) return [text, false]
        text += textOf(found[1]!, names, depth + 1)
        at = found.index + found[0].length
    }
    return [text + inner.slice(at), true]
}

/** Whether an address without a path is told to its end. */
function isWhole(source: string, fetched: number, names: ReadonlyMap<string, string>): boolean {
    const told = /^fetch\(\s*(?:("[^"\n]*"|'[^'\n]*')|([A-Za-z_$][\w$]*))\s*[,)]/.exec(
        source.slice(fetched),
    )
    return told !== null && (told[1] !== undefined || !names.get(told[2]!)?.includes("${"))
}
