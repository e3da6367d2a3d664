import type { EdgeKind, GraphNode, HeapGraph } from "../../model/graph/graph"

const NODE_TYPES = [
    ...["hidden", "array", "string", "object", "code", "closure", "regexp", "number", "native"],
    ...["synthetic", "concatenated string", "sliced string", "symbol", "bigint", "object shape"],
] as const
const EDGE_TYPES = [
    ...["context", "element", "property", "internal", "hidden", "shortcut", "weak"],
] as const

type NodeType = (typeof NODE_TYPES)[number]

/** What V8 writes about its own snapshots (`HeapSnapshotJSONSerializer` in its heap profiler). */
const META = {
    node_fields: [
        ...["type", "name", "id", "self_size", "edge_count", "trace_node_id", "detachedness"],
    ],
    node_types: [NODE_TYPES, "string", "number", "number", "number", "number", "number"],
    edge_fields: ["type", "name_or_index", "to_node"],
    edge_types: [EDGE_TYPES, "string_or_number", "node"],
    trace_function_info_fields: [],
    trace_node_fields: [],
    sample_fields: [],
    location_fields: [],
}
const NODE_FIELDS = META.node_fields.length

/** Ids below are those of nodes that no allocation made. V8's ids are odd, and so are these. */
const FIRST_ALLOCATION_ID = 1001

/** Chrome's heap snapshot, as its file has it. */
export interface ChromeHeapSnapshot {
    snapshot: { meta: object; node_count: number; edge_count: number }
    nodes: number[]
    edges: number[]
    strings: string[]
    [rest: string]: unknown
}

/**
 * Makes the heap snapshot Chrome would have taken: what DevTools' Memory panel opens as
 * `.heapsnapshot`. Sizes are those of the board. The program's variables are properties of
 * `globals`, as a page's are of its window. Ids come from allocation numbers, so that DevTools can
 * compare two snapshots of one run.
 */
export function toChromeHeapSnapshot(graph: HeapGraph): ChromeHeapSnapshot {
    const strings = new Strings()
    const written = graph.nodes.filter(({ kind }) => kind !== "global")
    const offsets = new Map(written.map((node, i) => [node.id, i * NODE_FIELDS]))
    const nodes: number[] = []
    const edges: number[] = []
    let unallocated = 0
    for (const node of written) {
        const own = node.edges.map(edge => skipVariable(graph, edge))
        nodes.push(
            NODE_TYPES.indexOf(typeOf(node)),
            strings.indexOf(labelOf(node)),
            node.allocation === undefined
                ? 2 * unallocated++ + 1
                : FIRST_ALLOCATION_ID + 2 * node.allocation,
            node.bytes,
            own.length,
            0,
            0,
        )
        for (const { kind, name, to } of own)
            edges.push(
                EDGE_TYPES.indexOf(EDGES[kind]),
                kind === "element" ? Number(name) : strings.indexOf(name),
                offsets.get(to)!,
            )
    }
    return {
        snapshot: {
            meta: META,
            node_count: written.length,
            edge_count: edges.length / META.edge_fields.length,
            trace_function_count: 0,
        } as ChromeHeapSnapshot["snapshot"],
        nodes,
        edges,
        trace_function_infos: [],
        trace_tree: [],
        samples: [],
        locations: [],
        strings: strings.list,
    }
}

const EDGES: Record<EdgeKind, (typeof EDGE_TYPES)[number]> = {
    property: "property",
    element: "element",
    variable: "context",
    key: "internal",
    internal: "internal",
}

/** A variable is a node of ours and a property in Chrome. */
function skipVariable({ nodes }: HeapGraph, edge: { kind: EdgeKind; name: string; to: number }) {
    const target = nodes[edge.to]!
    if (target.kind !== "global") return edge
    return { kind: "property" as const, name: edge.name, to: target.edges[0]!.to }
}

function typeOf(node: GraphNode): NodeType {
    if (node.kind === "root") return "synthetic"
    if (node.kind === "group") return isUserRoot(node) ? "object" : "synthetic"
    switch (node.type) {
        case "string":
        case "string-jmp":
            return "string"
        case "bound-function":
            return "closure"
        case "half-static-map":
        case "short-map":
            return "native"
        default:
            return "object"
    }
}

/** Distances count from what is the program's own: what Chrome calls a user root is not synthetic. */
function isUserRoot({ name }: GraphNode): boolean {
    return name === "globals" || name === "fibers" || name === "roles"
}

/** Chrome's class is the name of an object, and the contents of a string. */
function labelOf(node: GraphNode): string {
    if (node.kind === "root") return ""
    if (node.kind === "group") return isUserRoot(node) ? node.name : `(${node.name})`
    if (node.text !== undefined) return node.text
    return node.isRuntime || node.className === "class prototype" ? node.name : node.className
}

/** The strings of a snapshot, each once. */
class Strings {
    readonly list: string[] = ["<dummy>"]
    private readonly indices = new Map<string, number>()

    indexOf(text: string): number {
        let index = this.indices.get(text)
        if (index === undefined) {
            index = this.list.push(text) - 1
            this.indices.set(text, index)
        }
        return index
    }
}
