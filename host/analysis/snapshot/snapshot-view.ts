import type { GraphNode, HeapGraph } from "../../model/graph/graph"
import { EMPTY_PATTERN, extendPattern, type PathPattern } from "../../model/graph/path-text"
import { Retention, type PathStep } from "../../model/graph/retention"
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
    private readonly patterns = new Map<GraphNode, PathPattern>()

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
        // Each is its way's one step on: of a list of thousands none is gone over again.
        const steps: PathStep[] = []
        let step = this.retention.arrivalAt(node)
        while (step && !this.patterns.has(step.node)) {
            steps.push(step)
            step = this.retention.arrivalAt(step.from)
        }
        let pattern = step ? this.patterns.get(step.node)! : EMPTY_PATTERN
        for (let last = steps.pop(); last; last = steps.pop()) {
            pattern = extendPattern(pattern, last)
            this.patterns.set(last.node, pattern)
        }
        return pattern.text
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
        const keptByAlike = this.keptByAlike(keys)
        const groups = new Map<string, Holding>()
        for (const node of this.objects) {
            const key = keys[node.id]!
            const group = groups.get(key) ?? { key, nodes: [], bytes: 0, retainedBytes: 0 }
            groups.set(key, group)
            group.nodes.push(node)
            group.bytes += node.bytes
            if (!keptByAlike[node.id]) group.retainedBytes += this.retention.retainedBy(node)
        }
        return [...groups.values()].sort(
            (a, b) =>
                b.retainedBytes - a.retainedBytes || b.bytes - a.bytes || (a.key < b.key ? -1 : 1),
        )
    }

    /**
     * By id: whether a node's dominators have one with the same key. Goes over the tree of dominators once,
     * with the keys of those above at hand.
     */
    private keptByAlike(keys: readonly (string | undefined)[]): Uint8Array {
        const { dominator, order } = this.retention
        const below = this.graph.nodes.map((): number[] => [])
        for (const id of order) if (dominator[id] !== -1) below[dominator[id]!]!.push(id)
        const kept = new Uint8Array(keys.length)
        const above = new Map<string | undefined, number>()
        const countOf = (id: number) => above.get(keys[id]) ?? 0
        const path = [0]
        const entered = new Uint8Array(keys.length)
        for (let id = path.at(-1); id !== undefined; id = path.at(-1)) {
            if (entered[id]) {
                above.set(keys[id], countOf(id) - 1)
                path.pop()
                continue
            }
            entered[id] = 1
            if (countOf(id) > 0) kept[id] = 1
            above.set(keys[id], countOf(id) + 1)
            for (const one of below[id]!) path.push(one)
        }
        return kept
    }
}
