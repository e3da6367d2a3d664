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
    const explained = new Set<number>()
    for (const [node, bytes] of growth)
        for (
            let id = after.retention.dominator[node.id]!;
            id !== -1;
            id = after.retention.dominator[id]!
        ) {
            const above = growth.get(after.graph.nodes[id]!)
            if (above !== undefined && bytes >= EXPLAINED * above) explained.add(id)
        }
    return [...growth]
        .filter(([node]) => !explained.has(node.id))
        .sort(([a, x], [b, y]) => y - x || a.id - b.id)
        .map(([node]) => describeGrown(before, after, match.before.get(node)!, node))
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
