import type { GraphNode } from "../../model/graph/graph"
import type { GrownObject } from "../../documents/diff-report"
import type { Match } from "./match-objects"
import type { SnapshotView } from "./snapshot-view"

/** A container that grew by this share through one object in it is not told of beside that one. */
const EXPLAINED = 0.9

/** Objects in both snapshots that keep more than before, the most first. */
export function grownObjects(
    before: SnapshotView,
    after: SnapshotView,
    match: Match,
): GrownObject[] {
    const growth = new Map<GraphNode, number>()
    for (const [node, old] of match.before) {
        const bytes = after.retention.retainedBy(node) - before.retention.retainedBy(old)
        if (bytes > 0) growth.set(node, bytes)
    }
    // What grew only because of one object that it holds says nothing that this one does not say.
    const most = mostBelow(after, growth)
    return [...growth]
        .filter(([node, bytes]) => most[node.id]! < EXPLAINED * bytes)
        .sort(([a, x], [b, y]) => y - x || a.id - b.id)
        .map(([node]) => describeGrown(before, after, match.before.get(node)!, node))
}

/** By id: how much grew that object, of those a node dominates, that grew most. */
function mostBelow(
    { graph, retention: { dominator, order } }: SnapshotView,
    growth: ReadonlyMap<GraphNode, number>,
): Float64Array {
    const most = new Float64Array(graph.nodes.length)
    for (let i = order.length - 1; i > 0; i--) {
        const id = order[i]!
        const above = dominator[id]!
        const grew = growth.get(graph.nodes[id]!) ?? 0
        most[above] = Math.max(most[above]!, most[id]!, grew)
    }
    return most
}

function describeGrown(
    before: SnapshotView,
    after: SnapshotView,
    old: GraphNode,
    node: GraphNode,
): GrownObject {
    const { grownAt } = after.documentOf(node)
    return {
        path: after.pathOf(node),
        class: node.className,
        ...(node.length !== undefined && { length: [old.length ?? 0, node.length] }),
        bytes: [old.bytes, node.bytes],
        retainedBytes: [before.retention.retainedBy(old), after.retention.retainedBy(node)],
        ...(grownAt !== undefined && { grownAt: after.snapshot.places[grownAt]! }),
    }
}
