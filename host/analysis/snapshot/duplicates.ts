import type { GraphNode, HeapGraph } from "../../model/graph/graph"

/** Texts or buffers with the same contents: one of them would do. */
export interface Duplicates {
    type: "string" | "buffer"
    /** The text, or the bytes in hex. */
    contents: string
    nodes: GraphNode[]
    /** Bytes of all but one of them. */
    wastedBytes: number
}

/**
 * What is on a heap more than once, what wastes most first. Told of texts and of buffers whose contents
 * are known whole: of objects a snapshot does not have every value.
 */
export function duplicatesIn({ nodes }: Pick<HeapGraph, "nodes">): Duplicates[] {
    const groups = new Map<string, Duplicates>()
    for (const node of nodes) {
        const known = contentsOf(node)
        if (!known) continue
        const key = `${known.type} ${known.contents}`
        const group = groups.get(key)
        if (group) {
            group.nodes.push(node)
            group.wastedBytes += node.bytes
        } else groups.set(key, { ...known, nodes: [node], wastedBytes: 0 })
    }
    return [...groups.values()]
        .filter(({ wastedBytes }) => wastedBytes > 0)
        .sort((a, b) => b.wastedBytes - a.wastedBytes || (a.contents < b.contents ? -1 : 1))
}

function contentsOf({
    kind,
    isRuntime,
    type,
    text,
    data,
    length,
}: GraphNode): Pick<Duplicates, "type" | "contents"> | undefined {
    if (kind !== "block" || isRuntime) return undefined
    if (text !== undefined) return { type: "string", contents: text }
    if (type !== "buffer" || data?.length !== length) return undefined
    const hex = Array.from(data ?? [], byte => byte.toString(16).padStart(2, "0"))
    return { type: "buffer", contents: hex.join("") }
}
