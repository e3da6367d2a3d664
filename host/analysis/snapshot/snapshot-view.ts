import type { GraphNode, HeapGraph } from "../../model/graph/graph"
import { pathPattern } from "../../model/graph/path-text"
import { Retention } from "../../model/graph/retention"
import type { Snapshot, SnapshotNode } from "../../documents/snapshot"
import { graphOf } from "./snapshot-file"

/** Objects that are alike in some way, and what they keep. */
export interface Holding {
    key: string
    nodes: GraphNode[]
    /** Bytes of these objects themselves. */
    bytes: number
    /** Bytes that would be freed with all of them: of what one keeps for another counts only once. */
    retainedBytes: number
}

/** A snapshot with what can be worked out from it. */
export class SnapshotView {
    readonly graph: HeapGraph
    readonly retention: Retention
    /** The objects of the program and of the VM: no variables, no groups. */
    readonly objects: GraphNode[]
    private readonly patterns = new Map<GraphNode, string>()

    constructor(readonly snapshot: Snapshot) {
        this.graph = graphOf(snapshot)
        this.retention = new Retention(this.graph)
        this.objects = this.graph.nodes.filter(({ kind }) => kind === "block")
    }

    /** What the document says of a node. */
    documentOf(node: GraphNode): SnapshotNode {
        return this.snapshot.nodes[node.id]!
    }

    pathOf(node: GraphNode): string {
        return this.documentOf(node).path
    }

    /** How it is held, the same for all elements of a list. */
    patternOf(node: GraphNode): string {
        let pattern = this.patterns.get(node)
        if (pattern === undefined) {
            pattern = pathPattern(this.retention.pathTo(node))
            this.patterns.set(node, pattern)
        }
        return pattern
    }

    /** Objects held in the same way and of the same class, by what they keep, most first. */
    byPath(): Holding[] {
        return this.groupBy(node => `${this.patternOf(node)}\n${node.className}`)
    }

    byClass(): Holding[] {
        return this.groupBy(node => node.className)
    }

    private groupBy(keyOf: (node: GraphNode) => string): Holding[] {
        const keys = this.graph.nodes.map(node => (node.kind === "block" ? keyOf(node) : undefined))
        const groups = new Map<string, Holding>()
        for (const node of this.objects) {
            const key = keys[node.id]!
            const group = groups.get(key) ?? { key, nodes: [], bytes: 0, retainedBytes: 0 }
            groups.set(key, group)
            group.nodes.push(node)
            group.bytes += node.bytes
            if (!this.isKeptByAlike(node, keys))
                group.retainedBytes += this.retention.retainedBy(node)
        }
        return [...groups.values()].sort(
            (a, b) =>
                b.retainedBytes - a.retainedBytes || b.bytes - a.bytes || (a.key < b.key ? -1 : 1),
        )
    }

    private isKeptByAlike(node: GraphNode, keys: readonly (string | undefined)[]): boolean {
        const { dominator } = this.retention
        for (let id = dominator[node.id]!; id !== -1; id = dominator[id]!)
            if (keys[id] === keys[node.id]) return true
        return false
    }
}
