import type { Advice } from "../../../documents/advice"
import { ARRAY_BYTES, arrayRooms, arrayBytes, bufferBytes } from "../../../model/heap/object-sizes"
import type { GraphNode } from "../../../model/graph/graph"
import { structureFigures, type StructureFigures } from "../structure-figures"
import { sumBytes } from "../advice-input"
import { onlyClassBytes } from "./numbers"
import { alone, named, wastedClasses, withoutReuse } from "./pools"
import { placeOf, type AdviceContext, type Rule } from "../rule"

/** Room above the most that was ever held. */
const SPARE = 1.25
/** A structure with more room than this many times what it needs is too large. */
const TOO_LARGE = 2
/** Fewer than this, none of which was ever taken out, may be the first of many. */
const MIN_HELD = 3
/** Asked less often than this, a cache or an interner has not shown what it is good for. */
const MIN_ASKED = 20
/** A cache with a smaller share of hits costs more than it spares. */
const MIN_HITS = 0.1
/** Bytes of a block that holds nothing yet. */
const EMPTY_BUFFER = bufferBytes(0)

/**
 * The library's own structures, judged by use: room that nothing ever took, a cache without a hit. Of
 * what is inside them no other rule has anything to say.
 */
export const adviseStructures: Rule = context =>
    context.index.ofType("map").flatMap(node => {
        const figures = structureFigures(node)
        if (!figures) return []
        const parts = partsOf(context, node)
        for (const { id } of [node, ...parts]) context.claimed.nodes.add(id)
        const own = ownClass(context, node)
        const advice =
            withoutReuse(context, node, figures, own) ??
            withoutHits(context, node, figures, [...parts, ...own]) ??
            wastedClasses(context, node, figures) ??
            tooLarge(context, node, figures, parts)
        return advice ? [{ ...advice, ...placeOf(context, node.pc ?? 0), count: 1 }] : []
    })

type Finding = Omit<Advice, "at" | "count">

function tooLarge(
    { mostBefore }: AdviceContext,
    { className: name, address }: GraphNode,
    { capacity, length, highWaterMark: most }: StructureFigures,
    parts: readonly GraphNode[],
): Finding | undefined {
    const wanted = Math.max(most + 1, Math.ceil(most * SPARE))
    // What still fills up has not shown how much it will hold.
    if (most < MIN_HELD && length === most) return undefined
    if (most === 0 || mostBefore.get(address) !== most || capacity < TOO_LARGE * wanted)
        return undefined
    const before = sumBytes(parts)
    const empty = parts.reduce((sum, part) => sum + emptyBytes(part), 0)
    const after = Math.round(empty + ((before - empty) * wanted) / capacity)
    return {
        what: `${named(name)} for ${capacity} held ${most} at most`,
        instead: `give it room for ${wanted} instead of ${capacity}: a quarter more than the most it held`,
        live: { before, after },
        churn: { before, after },
        formula: `${before} B x ${wanted} / ${capacity}`,
    }
}

/** The class of a structure, if the program has no other one of it. */
function ownClass({ index }: AdviceContext, { edges }: GraphNode): GraphNode[] {
    return edges
        .filter(({ name: edge }) => edge === "prototype")
        .map(({ to }) => index.nodes[to]!)
        .filter(prototype => index.holders(prototype).length <= 2)
}

function withoutHits(
    context: AdviceContext,
    node: GraphNode,
    { asked, hits, savedBytes }: StructureFigures,
    parts: readonly GraphNode[],
): Finding | undefined {
    const { className: name = "" } = node
    if (!/^(Interner|ResultCache)$/.test(name)) return undefined
    if (asked < MIN_ASKED || hits >= asked * MIN_HITS) return undefined
    const before = sumBytes([node, ...parts]) + onlyClassBytes(context)
    const found = `${named(name)} was asked ${asked} times and had the answer ${hits} times`
    // Whoever asks for a number keeps it: a byte at least.
    if (name === "Interner")
        return {
            what: found,
            instead: "keep the texts as they are: nearly each of them is another one",
            drops: name,
            live: {
                before: before + bufferBytes(asked),
                after: arrayBytes(arrayRooms(asked).at(-1) ?? 0) + savedBytes,
            },
            formula: `a list of ${asked} texts, and ${savedBytes} B of those that are the same`,
        }
    return {
        what: found,
        instead: "work the result out without a cache: nothing is asked for again",
        drops: name,
        live: { before, after: 0 },
        formula: "no cache takes 0 B",
    }
}

/** The blocks that a structure keeps its elements in; the objects of a pool are its own, too. */
function partsOf({ index }: AdviceContext, node: GraphNode): GraphNode[] {
    const held = (from: GraphNode, kind: string) =>
        from.edges.filter(edge => edge.kind === kind).map(({ to }) => index.nodes[to]!)
    const blocks = held(node, "property").filter(
        ({ type }) => type === "buffer" || type === "array",
    )
    if (node.className !== "ObjectPool") return blocks
    const objects = blocks
        .flatMap(block => held(block, "element"))
        .flatMap(object => alone(index, object))
    return [...blocks, ...objects]
}

function emptyBytes({ type }: GraphNode): number {
    return type === "buffer" ? EMPTY_BUFFER : type === "array" ? ARRAY_BYTES : 0
}
