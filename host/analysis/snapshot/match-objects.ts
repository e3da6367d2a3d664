import type { GraphNode } from "../../model/graph/graph"
import type { Snapshot } from "../../documents/snapshot"
import type { SnapshotView } from "./snapshot-view"

/** Which object of one snapshot is which of the other. */
export interface Match {
    /** By an object of the second. */
    before: ReadonlyMap<GraphNode, GraphNode>
    /** By an object of the first. */
    after: ReadonlyMap<GraphNode, GraphNode>
}

/** Whether both are of the same program on the same board with the same seed, which makes the same run. */
export function isSameRun(a: Snapshot, b: Snapshot): boolean {
    return (
        a.program.sha256 === b.program.sha256 &&
        a.board.heapBytes === b.board.heapBytes &&
        a.vm.version === b.vm.version &&
        a.seed === b.seed
    )
}

/** Tells objects apart by their place and allocation in the same run, else by their path and class. */
export function matchObjects(before: SnapshotView, after: SnapshotView, sameRun: boolean): Match {
    const key = (view: SnapshotView, node: GraphNode): string =>
        sameRun && node.allocation !== undefined
            ? `${node.address} ${node.allocation}`
            : `${view.pathOf(node)}\n${node.className}`
    const known = new Map(before.objects.map(node => [key(before, node), node]))
    const match = {
        before: new Map<GraphNode, GraphNode>(),
        after: new Map<GraphNode, GraphNode>(),
    }
    for (const node of after.objects) {
        const old = known.get(key(after, node))
        if (!old || match.after.has(old)) continue
        match.before.set(node, old)
        match.after.set(old, node)
    }
    return match
}
