import { fetchedAddress, namedTexts } from "./fetched-address"
import { plausibleValue } from "./plausible-value"

/** What a program reads of the JSON documents that it fetches, as far as its text tells. */
export interface WantedAnswers {
    /** A document that has all of it; undefined when the text tells nothing. */
    any: unknown
    /** Documents from addresses that the text names, as host and path, which may be how they begin. */
    from: ReadonlyMap<string, unknown>
}

/** What a program wants of which nothing is known. */
export const NO_ANSWERS: WantedAnswers = { any: undefined, from: new Map() }

/** What a program reads of a JSON document: fields, elements of a list, or the thing itself. */
interface Wanted {
    fields: Map<string, Wanted>
    element?: Wanted
    /** What it is compared with, or what its type says. */
    value?: unknown
}

const NAME = "[A-Za-z_$][\\w$]*"
/** Where a document comes from, with all that may stand around it. */
const DOCUMENT = String.raw`\(?\s*(?:await\s+)?(?:[\w$.]+\.json\(\)|JSON\.parse\([^;\n]*?\))\s*\)?`
/** `const body = await answer.json()`, `const { a, b } = ...`, either with a type. */
const DECLARED = new RegExp(
    String.raw`\b(?:const|let|var)\s+(${NAME}|\{[^{}]*\})\s*(?::\s*(${NAME}(?:\[\])*))?\s*=\s*${DOCUMENT}`,
    "g",
)
const TYPED = new RegExp(String.raw`${DOCUMENT}\s*as\s+(${NAME}(?:\[\])*)`, "g")
const TYPES = new RegExp(
    String.raw`\b(?:interface\s+(${NAME})[^{;=]*|type\s+(${NAME})\s*=\s*)\{`,
    "g",
)
/** An element of a list is called by a number, or by what counts them. */
const INDEX = String.raw`\[(?:\d+|[ijkn]|idx|index)\]`
const STEP = String.raw`\??\.${NAME}|(?:\?\.)?${INDEX}|\[["']${NAME}["']\]`
/** What stands around a number: arithmetic, an order, or a function that takes one. */
const COUNTED = {
    before: /(?:[-*/%]|\bMath\.\w+\(|[<>]=?)\s*$/,
    after: /^\s*(?:[-*/%]\s*[\w$(]|\+\s*\d|[<>]=?\s*[-\w$])/,
}
/** Methods of a list, whose function gets an element. */
const LIST_METHOD = /^(map|forEach|filter|find|some|every|length|includes|join|slice|push)$/
const DEEPEST = 8
/** Names of what is mostly a number, where nothing else tells. */
const NUMERIC =
    /temp|humid|press|speed|count|level|rain|feels|price|percent|degree|amount|total|(^|_)(min|max|high|low|lux|value|year|month|day|hour|minute|(milli)?seconds?|id|lat|lon)$/i

/** JSON documents that have what a program reads of those that it fetches: the fields of their types, or of what it keeps them in. */
export function wantedAnswers(texts: readonly string[]): WantedAnswers {
    const sources = texts.map(text => text.replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/.*$/gm, ""))
    const types = new Map(sources.flatMap(text => [...typesOf(text)]))
    const names = namedTexts(sources)
    const all: Wanted[] = []
    const from = new Map<string, Wanted[]>()
    for (const text of sources) {
        if (!/\.json\(\)|\bJSON\.parse\(/.test(text)) continue
        for (const [place, document] of documentsOf(text, types)) {
            all.push(document)
            const address = fetchedAddress(text, place, names)
            if (address === undefined || (document.fields.size === 0 && !document.element)) continue
            from.set(address, [...(from.get(address) ?? []), document])
        }
    }
    return {
        any: documentOf(all),
        from: new Map([...from].map(([address, documents]) => [address, documentOf(documents)])),
    }
}

/** What a program reads of the answer to a request: of that address, or of any that nobody names. */
export function wantedFrom({ any, from }: WantedAnswers, host: string, target: string): unknown {
    const asked = host + target
    const [nearest] = [...from.keys()]
        .filter(address => asked.startsWith(address))
        .sort((a, b) => b.length - a.length)
    return nearest === undefined ? any : from.get(nearest)
}

/** One document that has what all of these want; an object where one of them is one. */
function documentOf(documents: readonly Wanted[]): unknown {
    const whole = { fields: new Map() } as Wanted
    const lists = { fields: new Map() } as Wanted
    for (const { element, ...object } of documents)
        merge(element ? lists : whole, element ?? object)
    if (whole.fields.size > 0) return valueOf(whole, "")
    return documents.some(({ element }) => element) ? [valueOf(lists, "")] : undefined
}

/** The types that a source declares, by name, as the text between their braces. */
function* typesOf(text: string): Generator<[string, string]> {
    for (const found of text.matchAll(TYPES))
        yield [found[1] ?? found[2]!, braced(text, found.index + found[0].length)]
}

/** The documents that a source reads, each with its place. */
function documentsOf(text: string, types: ReadonlyMap<string, string>): [number, Wanted][] {
    const documents: [number, Wanted][] = []
    for (const found of text.matchAll(TYPED)) documents.push([found.index, typed(found[1]!, types)])
    for (const found of text.matchAll(DECLARED)) {
        const [, name = "", type] = found
        const document = type ? typed(type, types) : { fields: new Map<string, Wanted>() }
        documents.push([found.index, document])
        const names = new Map<string, Wanted>()
        take(name, document, names)
        // Another function may call something else so.
        const scope = braced(text, found.index)
        for (const [known, wanted] of names)
            follow(scope, known, wanted, names, wanted === document)
    }
    return documents
}

/** Gives a declaration's names what they stand for: a name, or `{ a, b: c }`. */
function take(declared: string, wanted: Wanted, names: Map<string, Wanted>): void {
    if (!declared.startsWith("{")) return void names.set(declared, wanted)
    for (const part of declared.slice(1, -1).split(",")) {
        const [field = "", name = field] = part
            .split("=")[0]!
            .split(":")
            .map(word => word.trim())
        if (field && !field.startsWith("...")) names.set(name, fieldOf(wanted, field))
    }
}

/**
 * Notes all that a text reads of a name; names that it keeps parts in are followed in their turn.
 * @param isWhole it is the document itself, and no number
 */
function follow(
    text: string,
    name: string,
    wanted: Wanted,
    names: Map<string, Wanted>,
    isWhole: boolean,
): void {
    const uses = new RegExp(
        String.raw`(?<![\w$.])${name.replace(/\$/g, "\\$")}(?![\w$])((?:${STEP})*)`,
        "g",
    )
    for (const use of text.matchAll(uses)) {
        const before = text.slice(0, use.index)
        const after = text.slice(use.index + use[0].length)
        let at = wanted
        let method: string | undefined
        for (const [step] of use[1]!.matchAll(new RegExp(STEP, "g"))) {
            if (/\[(?!["'])/.test(step)) at = elementOf(at)
            else {
                const field = /[\w$]+/.exec(step)![0]
                if (LIST_METHOD.test(field)) elementOf(at)
                else if (!/^\s*\(/.test(after) || !use[1]!.endsWith(field)) {
                    at = fieldOf(at, field)
                    continue
                }
                method = field
                break
            }
        }
        const loop = /\bfor\s*\(\s*(?:const|let)\s+([\w$]+|\{[^{}]*\})\s+of\s+$/.exec(before)
        if (loop) take(loop[1]!, elementOf(at), names)
        const each = /^\s*\(\s*(?:async\s*)?\(?\s*([\w$]+|\{[^{}]*\})\s*(?:,[^)]*)?\)?\s*=>/.exec(
            after,
        )
        if (method && LIST_METHOD.test(method) && each) take(each[1]!, elementOf(at), names)
        if (method) continue
        const isCounted = COUNTED.after.test(after) || COUNTED.before.test(before)
        if (isCounted && !(isWhole && at === wanted)) at.value ??= { type: "number" }
        const kept = /\b(?:const|let|var)\s+([\w$]+|\{[^{}]*\})\s*=\s*$/.exec(before)
        if (kept && use[1] !== "" && /^\s*(?:;|\n|\r|$)/.test(after)) take(kept[1]!, at, names)
        else if (kept?.[1]!.startsWith("{")) take(kept[1]!, at, names)
        const compared = /^\s*[!=]==?\s*(?:"([^"\n]*)"|'([^'\n]*)')/.exec(after)
        if (compared && at !== wanted) at.value ??= compared[1] ?? compared[2]
        else if (compared) wanted.value ??= compared[1] ?? compared[2]
    }
}

/** What a type wants, as far as the program's own sources declare it. */
function typed(type: string, types: ReadonlyMap<string, string>, depth = 0): Wanted {
    const wanted: Wanted = { fields: new Map() }
    const text = type.trim()
    const list = /^(.*)\[\]$/s.exec(text) ?? /^Array<(.*)>$/s.exec(text)
    if (list) wanted.element = typed(list[1]!, types, depth + 1)
    else if (/^["']/.test(text)) wanted.value = /^["']([^"']*)/.exec(text)![1]
    else if (/^-?\d/.test(text)) wanted.value = parseFloat(text)
    else if (/^(number|string|boolean)\b/.test(text)) wanted.value = { type: /^\w+/.exec(text)![0] }
    else {
        const body = text.startsWith("{") ? braced(text, 1) : types.get(text)
        if (body !== undefined && depth < DEEPEST)
            for (const [name, of] of membersOf(body))
                wanted.fields.set(name, typed(of, types, depth + 1))
    }
    return wanted
}

/** The members between a type's braces, each with its type. */
function* membersOf(body: string): Generator<[string, string]> {
    let depth = 0
    let start = 0
    for (let at = 0; at <= body.length; at++) {
        const letter = body[at]
        if (letter === "{" || letter === "(") depth++
        else if (letter === "}" || letter === ")") depth--
        else if (depth === 0 && (letter === undefined || ";,\n".includes(letter))) {
            const member = /^\s*(?:readonly\s+)?["']?([\w$]+)["']?\??\s*:\s*([\s\S]+)$/.exec(
                body.slice(start, at),
            )
            if (member) yield [member[1]!, member[2]!.trim()]
            start = at + 1
        }
    }
}

/** The text from `start` up to the brace that closes what begins there. */
function braced(text: string, start: number): string {
    let depth = 1
    for (let at = start; at < text.length; at++) {
        if (text[at] === "{") depth++
        else if (text[at] === "}" && --depth === 0) return text.slice(start, at)
    }
    return text.slice(start)
}

function fieldOf(wanted: Wanted, name: string): Wanted {
    let field = wanted.fields.get(name)
    if (!field) wanted.fields.set(name, (field = { fields: new Map() }))
    return field
}

function elementOf(wanted: Wanted): Wanted {
    return (wanted.element ??= { fields: new Map() })
}

function merge(into: Wanted, { fields, element, value }: Wanted): void {
    if (value !== undefined) into.value ??= value
    if (element) merge(elementOf(into), element)
    for (const [name, field] of fields) merge(fieldOf(into, name), field)
}

function valueOf({ fields, element, value }: Wanted, name: string): unknown {
    if (element) return [valueOf(element, name)]
    if (fields.size > 0) {
        const members = [...fields].map(([key, field]) => [key, valueOf(field, key)])
        return Object.fromEntries(members) as unknown
    }
    if (typeof value === "object" && value !== null)
        return plausibleValue(name, (value as { type: string }).type)
    return value ?? plausibleValue(name, NUMERIC.test(name) ? "number" : undefined)
}
