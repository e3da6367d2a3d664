import type { GraphNode, GraphOutline, HeapGraph } from "./graph"
import { GraphBuilder, type GraphSource } from "./graph-builder"
import { scanObject } from "./graph-objects"
import { addRoots } from "./graph-roots"
import { hex } from "../heap/heap-memory"
import { listBlocks } from "../heap/walk"

/**
 * Finds every live object of a heap and what holds it, by the VM's own rules (`gc_alloc.c`). Reads
 * memory and changes nothing.
 * @throws HeapError when the heap is not what the VM leaves
 */
export function buildGraph(source: GraphSource): HeapGraph {
    const graph = new GraphBuilder(source)
    addAll(graph)
    const { nodes } = graph
    graph.namer.finish(nodes)

    const all = listBlocks(source.heap).filter(({ type }) => type !== "free")
    const sum = (parts: { bytes: number }[]) => parts.reduce((total, { bytes }) => total + bytes, 0)
    return {
        nodes,
        usedBytes: sum(all),
        liveBytes: sum(nodes),
        garbage: all
            .filter(({ address }) => !graph.isInNode(address))
            .map(block => ({ ...block, live: false })),
    }
}

/**
 * The same without all that takes long and a count of what is held where does not need.
 * @throws HeapError as `buildGraph` does
 */
export function buildOutline(source: GraphSource): GraphOutline {
    const graph = new GraphBuilder(source, true)
    addAll(graph)
    const { nodes } = graph
    const tables: GraphNode[] = []
    // Those that a table leads to are the program's, as the namer has it.
    const named = new Set<number>()
    for (const node of nodes) {
        if (node.type !== "half-static-map" && node.type !== "short-map") continue
        tables.push(node)
        if (node.type === "short-map") for (const { to } of node.edges) named.add(to)
    }
    for (const table of tables) if (!named.has(table.id)) table.isRuntime = true
    return { nodes }
}

function addAll(graph: GraphBuilder): void {
    const root = graph.synthetic("root", "root")
    addRoots(graph, root)
    scanPending(graph)
    addPinned(graph, root)
}

/** Pinned blocks stay alive by themselves, also those that others hold, but for the VM's tables. */
function addPinned(graph: GraphBuilder, root: GraphNode): void {
    const group = graph.synthetic("group", "pinned")
    graph.connect(root, group, "internal", group.name)
    for (const address of graph.pinned) {
        const isBytes = graph.typeAt(address) === "bytes"
        if (isBytes && graph.isInNode(address)) continue
        const node = graph.link(group, "internal", hex(address), address)
        if (isBytes) node!.isRuntime = true
    }
    scanPending(graph)
}

function scanPending(graph: GraphBuilder): void {
    for (let node = graph.pending.pop(); node; node = graph.pending.pop()) scanObject(graph, node)
}
