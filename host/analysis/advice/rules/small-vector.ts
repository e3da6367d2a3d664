import type { GraphNode } from "../../../model/graph/graph"
import { sumBytes } from "../advice-input"
import { MIN_COUNT, placeOf, type Rule } from "../rule"

/** What a `SmallVector` holds while it is a number: 6 values of a byte. */
const MAX_INLINE = 6
const MAX_VALUE = 255

/** Many short lists of small numbers: each fits in the bits of the number in its slot. */
export const adviseSmallVector: Rule = context => {
    const byPlace = new Map<number, GraphNode[]>()
    for (const list of context.index.ofType("array")) {
        const { pc = 0, length = 0 } = list
        if (length > 0) byPlace.set(pc, [...(byPlace.get(pc) ?? []), list])
    }
    return [...byPlace].flatMap(([pc, lists]) => {
        const short = lists.filter(({ length = 0 }) => length <= MAX_INLINE)
        const isClaimed = lists.some(({ id }) => context.claimed.nodes.has(id))
        if (isClaimed || short.length < Math.max(MIN_COUNT, lists.length / 2)) return []
        // Where one list has a larger number, any may come to have one.
        if (!lists.every(holdsBytes)) return []
        for (const { id } of lists) context.claimed.nodes.add(id)
        const before = sumBytes(lists)
        const after = before - sumBytes(short)
        const longest = Math.max(...short.map(({ length = 0 }) => length))
        const largest = Math.max(...lists.flatMap(valuesOf))
        return [
            {
                lesson: "small-vector",
                what: `${short.length} lists of at most ${longest} whole numbers up to ${largest} take ${Math.round(sumBytes(short) / short.length)} B each`,
                instead: `make each list a SmallVector: it takes no heap up to ${MAX_INLINE} numbers of 0 to ${MAX_VALUE}`,
                brings: "SmallVector",
                ...placeOf(context, pc),
                count: short.length,
                live: { before, after },
                churn: { before, after },
                formula: `${short.length} lists x 0 B${after > 0 ? ` + ${after} B for ${lists.length - short.length} longer ones` : ""}`,
            },
        ]
    })
}

function holdsBytes(list: GraphNode): boolean {
    const isByte = (value: unknown) =>
        Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_VALUE
    return list.edges.length === 0 && valuesOf(list).every(isByte)
}

function valuesOf({ scalars = [] }: GraphNode): number[] {
    return scalars.map(({ value }) => value as number)
}
