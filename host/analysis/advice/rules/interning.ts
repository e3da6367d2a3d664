import type { GraphNode } from "../../../model/graph/graph"
import type { Advice } from "../../../documents/advice"
import { bufferBytes } from "../../../model/heap/object-sizes"
import { commonPc, sumBytes } from "../advice-input"
import { eachCall } from "../call-nodes"
import { SYMBOL_TABLE_BYTES, symbolTableBytes } from "../structure-costs"
import { MIN_COUNT, placesOf, type AdviceContext, type Rule } from "../rule"

/** Texts a byte can number. */
const MAX_SYMBOLS = 256

/** Texts that mean the same kind of thing: one field of a class, or elements of lists made at one place. */
interface Texts {
    held: string
    nodes: GraphNode[]
}

/** The same text many times over: each once, and its number wherever it is meant. */
export const adviseInterning: Rule = context => {
    const byHolder = new Map<string, Texts>()
    for (const text of context.index.ofType("string", "string-jmp")) {
        if (context.claimed.nodes.has(text.id)) continue
        const holder = holderOf(context, text)
        if (!holder) continue
        const texts = byHolder.get(holder.key) ?? { held: holder.held, nodes: [] }
        texts.nodes.push(text)
        byHolder.set(holder.key, texts)
    }
    return [...byHolder.values()].flatMap(texts => adviceFor(context, texts) ?? [])
}

function holderOf({ index }: AdviceContext, text: GraphNode) {
    for (const { from, edge } of index.holders(text)) {
        const { className, pc, id } = from
        if (edge.kind === "element") return { key: `list ${pc}`, held: "in lists" }
        if (edge.kind === "property" && className === "dictionary")
            return { key: `dictionary ${id}`, held: "in a dictionary" }
        if (edge.kind === "property") {
            const field = `${edge.name} of ${className}`
            return { key: field, held: `as ${field}` }
        }
    }
    return undefined
}

function adviceFor(context: AdviceContext, { held, nodes: texts }: Texts): Advice | undefined {
    const different = [...new Map(texts.map(node => [node.text, node])).values()]
    const copies = texts.length - different.length
    if (copies < MIN_COUNT || different.length > MAX_SYMBOLS || copies < texts.length / 2)
        return undefined
    for (const { id } of texts) context.claimed.nodes.add(id)
    const lists = context.index.listsOf(texts)
    const entries = lists.reduce((sum, { length = 0 }) => sum + length, 0)
    const before = sumBytes(texts) + sumBytes(lists)
    const numbers = lists.length > 0 ? bufferBytes(entries) : 0
    const table = symbolTableBytes(different.length)
    const after = sumBytes(different) + numbers + table
    const made = madeLike(context, texts)
    const { symbolIntern, textBytes } = SYMBOL_TABLE_BYTES
    const frames = made.count * symbolIntern + (made.count - different.length) * textBytes
    return {
        lesson: "interning",
        what: `${texts.length} texts ${held} are only ${different.length} different ones`,
        instead: `keep each text once, in a SymbolTable, and its number${lists.length > 0 ? ", a byte," : ""} wherever it is meant`,
        brings: "SymbolTable",
        ...placesOf(context, commonPc(texts), texts),
        count: texts.length,
        live: { before, after },
        // Those that come are made all the same, and then looked up.
        churn: {
            before: made.bytes + sumBytes(lists),
            after: made.bytes + numbers + table + frames,
        },
        formula: `${sumBytes(different)} B of different texts + ${table} B for the table${numbers > 0 ? ` + 12 + ${entries} B of numbers instead of the list` : ""}`,
    }
}

/** All texts of the run that were made where these were. */
function madeLike({ calls }: AdviceContext, texts: readonly GraphNode[]) {
    // A text's pc points past the instruction.
    const pcs = new Set(texts.map(({ pc = 0 }) => pc - 1))
    const made = { count: 0, bytes: 0 }
    for (const node of eachCall(calls)) {
        if (!pcs.has(node.pc)) continue
        for (const { blocks, bytes } of [node.of("string"), node.of("string-jmp")]) {
            made.count += blocks
            made.bytes += bytes
        }
    }
    // In a library, they are charged to who called it.
    return made.count < texts.length ? { count: texts.length, bytes: sumBytes(texts) } : made
}
