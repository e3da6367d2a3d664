import type { GraphNode } from "../../heap/graph"
import type { Advice } from "../advice"
import { arrayBytes, bufferBytes } from "../costs"
import { commonPc, sumBytes } from "../facts"
import { structureBytes } from "../structures"
import { LEAST_COUNT, placeOf, type AdviceContext, type Rule } from "../rule"

/** Texts a byte can number. */
const MOST_SYMBOLS = 256

/** The same text many times over: each once, and its number wherever it is meant. */
export const adviseInterning: Rule = context => {
    const byPlace = new Map<number, GraphNode[]>()
    for (const text of context.index.ofType("string", "string-jmp")) {
        const { pc = 0 } = text
        if (context.claimed.nodes.has(text.id)) continue
        byPlace.set(pc, [...(byPlace.get(pc) ?? []), text])
    }
    return [...byPlace.values()].flatMap(texts => adviceFor(context, texts) ?? [])
}

function adviceFor(context: AdviceContext, texts: GraphNode[]): Advice | undefined {
    const different = [...new Map(texts.map(node => [node.text, node])).values()]
    const copies = texts.length - different.length
    if (copies < LEAST_COUNT || different.length > MOST_SYMBOLS || copies < texts.length / 2)
        return undefined
    for (const { id } of texts) context.claimed.nodes.add(id)
    const lists = context.index.listsOf(texts)
    const entries = lists.reduce((sum, { length = 0 }) => sum + length, 0)
    const before = sumBytes(texts) + sumBytes(lists)
    const numbers = lists.length > 0 ? bufferBytes(entries) : 0
    const interner = structureBytes("Interner").live + arrayBytes(different.length)
    const after = sumBytes(different) + numbers + interner
    return {
        lesson: "interning",
        what: `${texts.length} texts on the heap are only ${different.length} different ones`,
        instead: `keep each once and its number${lists.length > 0 ? ", a byte," : ""} in place of the text`,
        ...placeOf(context, commonPc(texts)),
        count: texts.length,
        live: { before, after },
        formula: `${sumBytes(different)} B of different texts + ${interner} B for the interner${numbers > 0 ? ` + 12 + ${entries} B of numbers instead of the list` : ""}`,
    }
}
