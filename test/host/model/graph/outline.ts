import { expect } from "vitest"
import type { GraphNode, GraphOutline, HeapGraph } from "../../../../host/model/graph/graph"

/** What an outline has of a node. */
function outlined(node: GraphNode) {
    const { id, kind, type, address, bytes, storage, isRuntime, length, capacity } = node
    const { edges, allocation, pc, storagePc } = node
    return {
        ...{ id, kind, type, address, bytes, storage, isRuntime, length, capacity },
        ...{ edges, allocation, pc, storagePc },
    }
}

/** Holds an outline against the graph that it is of. */
export function expectOutline(outline: GraphOutline, graph: HeapGraph): void {
    expect(outline.nodes.map(outlined)).toEqual(graph.nodes.map(outlined))
}
