import { ARRAY_BYTES, bufferBytes } from "../../../model/heap/object-sizes"
import { bytesOf, isNumbers } from "../record-groups"
import { placeOf, type Rule } from "../rule"
import type { GraphNode } from "../../../model/graph/graph"

/** Shorter lists are small either way. */
const MIN_LENGTH = 32

/** Lists of small whole numbers: an element of an array takes 8 bytes whatever it holds. */
export const advisePackedNumbers: Rule = context =>
    context.index.ofType("array").flatMap(list => {
        const { length = 0 } = list
        const width = widthOf(list)
        if (context.claimed.nodes.has(list.id) || length < MIN_LENGTH || !width) return []
        context.claimed.nodes.add(list.id)
        const after = bufferBytes(length * width)
        return [
            {
                lesson: "packed",
                what: `a list of ${length} whole numbers takes 8 B for each, which fits in ${width}`,
                instead: `keep the numbers in a Buffer, ${width} B each`,
                ...placeOf(context, list.pc ?? 0),
                count: length,
                live: { before: list.bytes, after },
                formula: `12 + ${length} x ${width} B instead of ${ARRAY_BYTES} + 4 + ${list.capacity} x 8 B`,
            },
        ]
    })

/** Bytes that hold each of a list's whole numbers; undefined when it holds anything else. */
export function widthOf({ edges, scalars = [], length = 0 }: GraphNode): number | undefined {
    // A function's value is its index: a number, but none that could be kept as one.
    if (scalars.some(({ kind }) => kind !== "number")) return undefined
    const values = scalars.map(({ value }) => value)
    if (edges.length > 0 || values.length !== length || !isNumbers(values)) return undefined
    const width = bytesOf(values)
    return width < 8 ? width : undefined
}
