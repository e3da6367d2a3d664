import type { GraphNode, HeapGraph } from "./graph"
import { GraphBuilder, type GraphSource } from "./graph-builder"
import { scanObject } from "./graph-objects"
import { addRoots } from "./graph-roots"
import { hex } from "../heap/heap-memory"

/**
 * Finds every live object of a heap and what holds it, by the VM's own rules (`gc_alloc.c`). Reads
 * memory and changes nothing.
 * @throws HeapError when the heap is not what the VM leaves
 */
export function buildGraph(source: GraphSource): HeapGraph {
    const graph = new GraphBuilder(source)
    const { blocks, nodes, nodeOf } = graph
    const root = graph.synthetic("root", "root")
    addRoots(graph, root)
    scanPending(graph)
    addPinned(graph, root)
    graph.namer.finish(nodes)

    const all = [...blocks.values()]
    const sum = (parts: { bytes: number }[]) => parts.reduce((total, { bytes }) => total + bytes, 0)
    return {
        nodes,
        usedBytes: sum(all),
        liveBytes: sum(nodes),
        garbage: all
            .filter(({ address }) => !nodeOf.has(address))
            .map(block => ({ ...block, live: false })),
    }
}

/** Pinned blocks stay alive by themselves, also those that others hold, but for the VM's tables. */
function addPinned(graph: GraphBuilder, root: GraphNode): void {
    const { blocks, nodeOf } = graph
    const group = graph.synthetic("group", "pinned")
    graph.connect(root, group, "internal", group.name)
    for (const { address, pinned, type } of blocks.values()) {
        if (!pinned || (type === "bytes" && nodeOf.has(address))) continue
        const node = graph.link(group, "internal", hex(address), address)
        if (type === "bytes") node!.isRuntime = true
    }
    scanPending(graph)
}

function scanPending(graph: GraphBuilder): void {
    for (let node = graph.pending.pop(); node; node = graph.pending.pop()) scanObject(graph, node)
}
