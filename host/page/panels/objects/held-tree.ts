import type { SnapshotView } from "../../../analysis/snapshot/snapshot-view"
import type { GraphEdge, GraphNode } from "../../../model/graph/graph"

/** The objects of a snapshot, each below the one that it would be freed with. */
export class HeldTree {
    private readonly below: GraphNode[][]

    constructor(private readonly view: SnapshotView) {
        const { graph, retention } = view
        this.below = graph.nodes.map(() => [])
        for (const id of retention.order) {
            const above = retention.dominator[id]!
            if (above !== -1) this.below[above]!.push(graph.nodes[id]!)
        }
        for (const nodes of this.below)
            nodes.sort((a, b) => retention.retainedBy(b) - retention.retainedBy(a) || a.id - b.id)
    }

    get root(): GraphNode {
        return this.view.graph.nodes[0]!
    }

    /** What would be freed with a node, the largest first; what keeps nothing is left out. */
    childrenOf(node: GraphNode): readonly GraphNode[] {
        return this.below[node.id]!.filter(one => this.view.retention.retainedBy(one) > 0)
    }

    /** Those above a node, the root first, the node itself last. */
    wayTo(node: GraphNode): GraphNode[] {
        const way: GraphNode[] = []
        for (let { id } = node; id !== -1; id = this.view.retention.dominator[id]!)
            way.push(this.view.graph.nodes[id]!)
        return way.reverse()
    }

    /** What the one above calls it or, where several lead there, the way to it. */
    labelOf(node: GraphNode): string {
        if (node.kind !== "block") return node.name
        const arrival = this.view.retention.arrivalAt(node)
        const above = this.view.retention.dominator[node.id]
        if (!arrival || arrival.from.id !== above) return this.view.pathOf(node) || node.name
        // A variable holds one thing: what that is says more.
        if (arrival.from.kind === "global") return node.className
        return edgeText(arrival.edge) || node.name
    }
}

function edgeText({ kind, name }: GraphEdge): string {
    if (kind === "element") return `[${name}]`
    return kind === "property" ? `.${name}` : name
}
