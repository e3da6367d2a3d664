import type { GraphNode } from "../../../model/graph/graph"
import { objectBytes } from "../../../model/heap/object-sizes"
import type { AdviceContext } from "../rule"
import { widthOf } from "../rules/packed-numbers"

/** The structures hold numbers of at most so many bytes. */
export const MAX_BYTES = 4
/** The VM's table of the program's classes, which the first class makes. */
const CLASSES = "prototypes of classes"
const FIRST_CLASS_BYTES = 44
/** What the VM makes at the first use of a buffer: two objects without fields. */
const BUFFER_CLASS_BYTES = 2 * objectBytes(0).live

/** Bytes that hold each whole number of a list, none below 0; undefined where there are others. */
export function elementBytes(list: GraphNode): number | undefined {
    const width = widthOf(list)
    if (!width || width > MAX_BYTES || valuesOf(list).some(value => value < 0)) return undefined
    return width
}

export function valuesOf({ scalars = [] }: GraphNode): number[] {
    return scalars.map(({ value }) => value as number)
}

/** A structure's object and its class, without what it holds, and what the first of a program brings along. */
export function structureBytes(
    context: Pick<AdviceContext, "index">,
    fields: number,
    methods: number,
): number {
    const { nodes } = context.index
    const table = nodes.find(({ name }) => name === CLASSES)
    const first = table && (table.length ?? 0) > 0 ? 0 : FIRST_CLASS_BYTES
    return objectBytes(fields).live + objectBytes(methods).live + first + firstBufferBytes(context)
}

/** What goes with a class that is the program's only one. */
export function onlyClassBytes({ index }: Pick<AdviceContext, "index">): number {
    const table = index.nodes.find(({ name }) => name === CLASSES)
    return table?.length === 1 ? FIRST_CLASS_BYTES : 0
}

/** What the first buffer of a program brings along. */
export function firstBufferBytes({ index }: Pick<AdviceContext, "index">): number {
    return index.nodes.some(({ name }) => name === "Buffer.prototype") ? 0 : BUFFER_CLASS_BYTES
}
