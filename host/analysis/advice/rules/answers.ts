import { ARRAY_BYTES, bufferBytes } from "../../../model/heap/object-sizes"
import type { GraphNode } from "../../../model/graph/graph"
import { placeOf, type Rule } from "../rule"

/** Shorter lists are small either way. */
const MIN_LENGTH = 32

/** Lists of yes and no: an element of an array takes 8 bytes whatever it holds. */
export const adviseAnswers: Rule = context =>
    context.index.ofType("array").flatMap(list => {
        const { id, length = 0, capacity = 0, bytes, pc = 0, storagePc = pc } = list
        if (context.claimed.nodes.has(id) || length < MIN_LENGTH || !areAnswers(list)) return []
        context.claimed.nodes.add(id)
        return [
            {
                lesson: "bit-packing",
                what: `a list of ${length} answers, yes or no, takes 8 B for each`,
                instead: "keep them in a BitSet, a bit each",
                brings: "BitSet",
                ...placeOf(context, storagePc),
                count: length,
                live: { before: bytes, after: bufferBytes(Math.ceil(length / 8)) },
                formula: `12 + ${length} / 8 B instead of ${ARRAY_BYTES} + 4 + ${capacity} x 8 B`,
            },
        ]
    })

/** Nothing but true and false. */
function areAnswers({ edges, scalars = [], length = 0 }: GraphNode): boolean {
    const areAll = scalars.length === length && scalars.every(({ kind }) => kind === "boolean")
    return areAll && edges.every(({ kind }) => kind === "internal")
}
