import { findDominators, retainedSizes } from "./dominators"
import type { GraphEdge, GraphNode, HeapGraph } from "./graph"

/** One step of a path: an edge, where it starts and where it leads. */
export interface PathStep {
    from: GraphNode
    edge: GraphEdge
    node: GraphNode
}

/** What each node of a graph keeps alive, and what keeps it. */
export class Retention {
    /** By id: bytes that would be freed with the node, its own included. */
    readonly retained: Float64Array
    /** By id: the node without which it would be garbage, -1 for the root. */
    readonly dominator: Int32Array
    /** Ids of what is reached, each after its dominators. */
    readonly order: Int32Array
    /** By id: the last step of the path to a node. */
    private readonly arrivals: (PathStep | undefined)[]

    constructor(readonly graph: HeapGraph) {
        const { nodes } = graph
        const dominators = findDominators({
            count: nodes.length,
            successors: id => nodes[id]!.edges.map(({ to }) => to),
        })
        this.dominator = dominators.immediate
        this.order = dominators.order
        this.retained = retainedSizes(dominators, id => nodes[id]!.bytes)
        this.arrivals = shortestPaths(graph)
    }

    retainedBy(node: GraphNode): number {
        return this.retained[node.id]!
    }

    /**
     * The path to look at to see why a node is alive: a shortest one from the program's variables, or,
     * where none leads, from the fibers, then from the VM's own tables. The first step leads from the
     * root to a group, the last to the node.
     */
    pathTo(node: GraphNode): PathStep[] {
        const steps: PathStep[] = []
        for (let step = this.arrivals[node.id]; step; step = this.arrivals[step.from.id])
            steps.push(step)
        return steps.reverse()
    }

    /** The last step of that path; undefined for the root and what nothing reaches. */
    arrivalAt(node: GraphNode): PathStep | undefined {
        return this.arrivals[node.id]
    }

    /** Whether a node lies on every path to another, or is it. */
    dominates(above: GraphNode, below: GraphNode): boolean {
        let id = below.id
        while (id !== -1 && id !== above.id) id = this.dominator[id]!
        return id === above.id
    }
}

/**
 * Breadth first from one group after the other. A variable names what it holds, also while a function is
 * at work on it; a class is not named after its instances, so references to prototypes come last.
 */
function shortestPaths({ nodes }: HeapGraph): (PathStep | undefined)[] {
    const arrivals = new Array<PathStep | undefined>(nodes.length)
    const seen = new Uint8Array(nodes.length)
    const queue: GraphNode[] = []
    const follow = (from: GraphNode, edge: GraphEdge) => {
        if (seen[edge.to]) return
        seen[edge.to] = 1
        const node = nodes[edge.to]!
        arrivals[edge.to] = { from, edge, node }
        queue.push(node)
    }
    let at = 0
    const finish = (isWanted: (edge: GraphEdge) => boolean) => {
        for (; at < queue.length; at++)
            for (const edge of queue[at]!.edges) if (isWanted(edge)) follow(queue[at]!, edge)
    }
    const root = nodes[0]!
    seen[root.id] = 1
    for (const edge of root.edges) {
        follow(root, edge)
        finish(edge => !isPrototype(edge))
    }
    at = 0
    finish(() => true)
    return arrivals
}

function isPrototype({ kind, name }: GraphEdge): boolean {
    return kind === "internal" && name === "prototype"
}
