import { escapePattern } from "../../../base/escape-pattern"
import type { GraphNode } from "../../../model/graph/graph"
import { bufferBytes } from "../../../model/heap/object-sizes"
import { sumBytes } from "../advice-input"
import { makingBytes, makingPc } from "../object-makers"
import { blockOf } from "../pure-function"
import { bytesOf, isBooleans, isNumbers, nameOf, type RecordGroup } from "../record-groups"
import { placesOf, type AdviceContext, type Rule } from "../rule"
import { firstBufferBytes } from "./numbers"

/** Shorter lists are gone through in no time. */
const MIN_ROWS = 24
/** A loop that takes a smaller share of the program's time is none to lay the data out for. */
const MIN_SHARE = 1 / 20
/** Characters of a loop that are looked at. */
const MAX_LOOP = 2000

/**
 * A column saves so much for each row, whatever else is done with it. How many rows a loop went through
 * nobody counts, and what else it does only its own code tells. A test holds the range.
 */
const WORK_AFTER =
    "what the loops then take is not known: it depends on what else they do for a row (13 to 31 % less where it was measured, more where a method such as reduce called a function for each)"

/** `for (const one of list) {`, `for (let i = 0; i < list.length; i++) {`, `list.reduce((sum, one) =>`. */
const OF = /^for\s*\(\s*(?:const|let)\s+(?<one>[\w$]+)\s+of\s+(?<list>[\w$.]+)\s*\)/
const BY_INDEX =
    /^for\s*\(\s*let\s+(?<index>[\w$]+)\s*=\s*0\s*;\s*\k<index>\s*<\s*(?<list>[\w$.]+)\.length\s*;[^)]*\)/
const BY_METHOD =
    /(?<list>[\w$.]+)\.(?:(?:forEach|every|some)\(\s*\(?\s*(?<one>[\w$]+)|reduce\(\s*\(\s*[\w$]+(?:\s*:\s*\w+)?\s*,\s*(?<reduced>[\w$]+))[^)=]*\)?\s*=>/

/** A loop over all of a list, as it is written. */
interface Loop {
    list: string
    /** Fields of its elements that it reads; undefined when it does anything else with them. */
    fields: Set<string> | undefined
    ms: number
}

/** Lists of objects of numbers of which loops read one field, over and over: a column for each field. */
export const adviseColumns: Rule = context => {
    const all = [...context.runningMs.values()].reduce((sum, ms) => sum + ms, 0)
    let loops: readonly Loop[] | undefined
    return context.groups.flatMap(group =>
        context.index.listsOf(group.objects).flatMap(list => {
            if (!isSettledTable(context, list, group)) return []
            loops ??= loopsIn(context)
            // A variable has its value by an edge; a field is one.
            const holders = context.index.holders(list)
            const names = new Set(holders.flatMap(({ from, edge }) => [from.name, edge.name]))
            const over = loops.filter(loop => names.has(loop.list.replace(/^.*\./, "")))
            const ms = over.reduce((sum, loop) => sum + loop.ms, 0)
            const read = new Set(over.flatMap(({ fields }) => [...(fields ?? [])]))
            const isByColumn = over.every(({ fields }) => fields?.size === 1)
            if (!isByColumn || ms < MIN_SHARE * all || read.size >= group.fields.length) return []
            return [adviceFor(context, list, group, { ms, read: [...read] })]
        }),
    )
}

/** It is filled, has rows of numbers and nothing else, and nobody else holds a row. */
function isSettledTable(
    { index, claimed, mostBefore }: AdviceContext,
    list: GraphNode,
    { objects, fields }: RecordGroup,
): boolean {
    const { length = 0, address } = list
    return (
        length >= MIN_ROWS &&
        mostBefore.get(address) === length &&
        fields.length >= 2 &&
        fields.every(({ values }) => isBooleans(values) || isNumbers(values)) &&
        !claimed.nodes.has(list.id) &&
        objects.every(({ id }) => !claimed.nodes.has(id)) &&
        list.edges
            .filter(({ kind }) => kind === "element")
            .every(({ to }) => index.holders(index.nodes[to]!).length === 1)
    )
}

function adviceFor(
    context: AdviceContext,
    list: GraphNode,
    { className, fields, objects: all }: RecordGroup,
    { ms, read }: { ms: number; read: readonly string[] },
) {
    const ids = new Set(list.edges.map(({ to }) => to))
    const objects = all.filter(({ id }) => ids.has(id))
    for (const { id } of [list, ...objects]) context.claimed.nodes.add(id)
    const count = objects.length
    const columns = fields.map(({ name, values }) => ({
        name,
        bytes: isNumbers(values) ? bytesOf(values) : 1,
        format: isNumbers(values) ? formatOf(values) : "u8",
    }))
    const before = list.bytes + sumBytes(objects)
    const after = columns.reduce(
        (sum, { bytes }) => sum + bufferBytes(count * bytes),
        firstBufferBytes(context),
    )
    const one = columns.find(({ name }) => name === read[0])!
    return {
        lesson: "packed",
        what: `${count} objects of ${className} take ${Math.round(before / count)} B each, and loops over all of them, ${Math.round(ms)} ms of board time, read ${read.join(" and ")} alone`,
        instead: `keep each field of ${nameOf(className) === "object" ? "the objects" : nameOf(className)} in a Buffer of its own, a column: a loop reads the one it needs`,
        code:
            one.bytes === 1
                ? `const ${one.name} = Buffer.alloc(${count})   // ${one.name}[i]`
                : `const ${one.name} = Buffer.alloc(${count * one.bytes})   // ${one.name}.getAt(${one.bytes} * i, "${one.format}")`,
        ...placesOf(context, makingPc(context, objects), objects),
        count,
        live: { before, after },
        churn: { before: makingBytes(context, objects) + list.bytes, after },
        formula: `${columns.map(({ name, bytes }) => `${name}: 12 + ${count} x ${bytes} B`).join(", ")}; ${WORK_AFTER}`,
    }
}

/** The buffer's own name for numbers like these. */
function formatOf(values: readonly number[]): string {
    const bits = 8 * bytesOf(values)
    if (bits === 64) return "f64"
    return `${values.some(value => value < 0) ? "i" : "u"}${bits}`
}

/** The loops of the program that ran, each with the time of all that is written in it. */
function loopsIn({ runningMs, statementAt, lineOf }: AdviceContext): Loop[] {
    const places = [...runningMs].flatMap(([pc, ms]) => {
        const text = statementAt(pc + 1)
        const file = text === undefined ? undefined : lineOf(pc + 1)?.file
        return text === undefined || file === undefined ? [] : [{ file, ms, text }]
    })
    const known = new Map<string, Loop & { file: string; from: number; to: number }>()
    for (const { file, text } of places) {
        const key = `${file}\0${text.length}`
        const loop = known.has(key) ? undefined : loopAt(text)
        // Of one file, what is left of it tells where a statement is.
        if (loop)
            known.set(key, {
                ...loop,
                file,
                ms: 0,
                from: text.length,
                to: text.length - loop.length,
            })
    }
    for (const { file, ms, text } of places)
        for (const loop of known.values())
            if (loop.file === file && text.length <= loop.from && text.length > loop.to)
                loop.ms += ms
    return [...known.values()]
}

function loopAt(source: string): (Omit<Loop, "ms"> & { length: number }) | undefined {
    const text = source.slice(0, MAX_LOOP)
    const head = OF.exec(text) ?? BY_INDEX.exec(text)
    const method = head ? undefined : BY_METHOD.exec(firstStatement(text))
    const found = head ?? method
    if (!found?.groups) return undefined
    const { one, reduced, index, list = "" } = found.groups
    const start = found.index + found[0].length
    const rest = text.slice(start)
    const body = method ? callOf(rest) : bodyOf(rest)
    const element = index
        ? `${escapePattern(list)}\\[\\s*${escapePattern(index)}\\s*\\]`
        : escapePattern(one ?? reduced ?? "")
    const uses = [
        ...body.matchAll(new RegExp(`(?<![\\w$.])${element}(?![\\w$])(?:\\.([\\w$]+))?`, "g")),
    ]
    const isWhole = uses.some(([, field]) => field === undefined)
    const fields = isWhole ? undefined : new Set(uses.map(([, field]) => field!))
    return { list, fields, length: start + body.length }
}

/** Up to where the next statement begins, as far as that can be told. */
function firstStatement(text: string): string {
    return /^[^;{}]*/.exec(text)?.[0] === "" ? "" : (/^[^;\n]*/.exec(text)?.[0] ?? "")
}

/** A block, or a single statement. */
function bodyOf(rest: string): string {
    const open = /^\s*\{/.exec(rest)
    if (open) return open[0] + blockOf(rest.slice(open[0].length))
    return /^\s*[^;\n]*/.exec(rest)?.[0] ?? ""
}

/** Up to the parenthesis that ends a call. */
function callOf(rest: string): string {
    let depth = 0
    for (let i = 0; i < rest.length; i++) {
        if (rest[i] === "(") depth++
        else if (rest[i] === ")" && --depth < 0) return rest.slice(0, i)
    }
    return rest
}
