import type { GraphNode } from "../../../model/graph/graph"
import type { Advice } from "../../../documents/advice"
import {
    ARRAY_BYTES,
    arrayRooms,
    bufferBytes,
    elementsBytes,
} from "../../../model/heap/object-sizes"
import { isWorthIt, placeOf, type AdviceContext, type Rule } from "../rule"
import { widthOf } from "./packed-numbers"

/** Smaller arrays grow a few times at most. */
const MIN_LENGTH = 16

/** Arrays that reached their length one element at a time: each growth made a new block. */
export const adviseHeap: Rule = context => {
    const byPlace = new Map<number, GraphNode[]>()
    for (const list of context.index.ofType("array")) {
        const { length = 0, capacity = 0, storagePc = 0 } = list
        // Made at its size, an array has another room than growing would give it.
        const hasGrown = arrayRooms(length).at(-1) === capacity && storagePc !== list.pc
        if (length < MIN_LENGTH || !hasGrown || context.claimed.nodes.has(list.id)) continue
        byPlace.set(storagePc, [...(byPlace.get(storagePc) ?? []), list])
    }
    return [...byPlace].flatMap(([pc, lists]) => {
        const advice = adviceFor(context, pc, lists)
        // Growing is over at some time: then there may be something else to say of these lists.
        if (!isWorthIt(context, advice)) return []
        for (const { id } of lists) context.claimed.nodes.add(id)
        return [advice]
    })
}

function adviceFor(context: AdviceContext, pc: number, lists: readonly GraphNode[]): Advice {
    const sum = (of: (list: GraphNode) => number) => lists.reduce((n, list) => n + of(list), 0)
    const blocksOf = ({ length = 0 }: GraphNode) => arrayRooms(length).map(elementsBytes)
    const before = sum(list => ARRAY_BYTES + (blocksOf(list).at(-1) ?? 0))
    const after = sum(({ length = 0 }) => ARRAY_BYTES + elementsBytes(length))
    const blocks = sum(list => blocksOf(list).length)
    const allBytes = sum(list => blocksOf(list).reduce((n, bytes) => n + bytes, ARRAY_BYTES))
    // While the last block is filled from the one before, both are there.
    const copied = Math.max(...lists.map(list => blocksOf(list).at(-2) ?? 0))
    const longest = lists.toSorted((a, b) => (b.length ?? 0) - (a.length ?? 0))[0]!
    const { length = 0, capacity = 0 } = longest
    const which = lists.length === 1 ? "a list of" : `${lists.length} lists of up to`
    return {
        lesson: "heap",
        what: `${which} ${length} elements got there through ${blocks} blocks, the last one with room for ${capacity}`,
        instead: `make the list as large as it will be, if that is known${smaller(lists)}`,
        ...placeOf(context, pc),
        count: blocks,
        live: { before, after },
        churn: { before: allBytes, after },
        peak: { before: before + copied, after },
        formula: `one block of 4 + 8 x ${length} B; now 4, 5, 6, ... ${capacity}, a quarter more each time`,
    }
}

/** What numbers would take in a structure that holds nothing else. */
function smaller(lists: readonly GraphNode[]): string {
    const widths = lists.map(list => widthOf(list) ?? Infinity)
    const width = Math.max(...widths)
    if (width === Infinity) return ""
    const bytes = lists.reduce((sum, { length = 0 }) => sum + bufferBytes(length * width), 0)
    return `; a FixedVector with ${width} B a number takes ${bytes} B`
}
