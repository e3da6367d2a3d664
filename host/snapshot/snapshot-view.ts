import type { GraphNode, HeapGraph } from "../heap/graph"
import { pathPattern } from "../heap/path-text"
import { Retention } from "../heap/retention"
import type { Snapshot, SnapshotNode } from "./snapshot"
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

/** What one variable of the program, or one part of the VM, keeps alive alone. */
export interface RootShare {
    name: string
    /** What it refers to, of a variable. */
    className?: string
    retainedBytes: number
    /** Bytes that can be reached from it, which others may hold, too. */
    reachedBytes: number
}

/**
 * Live bytes by who keeps them alive alone: the program's variables, then the VM's groups, and what
 * several hold together. The retained bytes of all add up to the live bytes.
 */
export function sharesOf({ graph, retention }: SnapshotView): RootShare[] {
    const { nodes } = graph
    const shares: RootShare[] = []
    let alone = 0
    const add = (node: GraphNode, share: Omit<RootShare, "retainedBytes" | "reachedBytes">) => {
        const retainedBytes = retention.retainedBy(node)
        alone += retainedBytes
        shares.push({ ...share, retainedBytes, reachedBytes: reachedFrom(nodes, node) })
    }
    for (const { to } of nodes[0]!.edges) {
        const group = nodes[to]!
        if (group.name !== "globals") {
            if (retention.retainedBy(group) > 0) add(group, { name: `(${group.name})` })
            continue
        }
        const before = alone
        for (const edge of group.edges) {
            const variable = nodes[edge.to]!
            if (variable.kind !== "global") continue
            const { className } = nodes[variable.edges[0]!.to]!
            add(variable, { name: variable.name, className })
        }
        const several = retention.retainedBy(group) - group.bytes - (alone - before)
        const together = { reachedBytes: several, retainedBytes: several }
        if (several > 0) shares.push({ name: "(held by several variables)", ...together })
        const table = { reachedBytes: group.bytes, retainedBytes: group.bytes }
        if (group.bytes > 0) shares.push({ name: "(the variables themselves)", ...table })
        alone += several + group.bytes
    }
    const several = graph.liveBytes - alone
    const together = { reachedBytes: several, retainedBytes: several }
    if (several > 0) shares.push({ name: "(held by variables and the VM)", ...together })
    return shares.sort((a, b) => b.retainedBytes - a.retainedBytes)
}

function reachedFrom(nodes: readonly GraphNode[], start: GraphNode): number {
    const seen = new Set([start.id])
    let bytes = 0
    for (const id of seen) {
        const node = nodes[id]!
        bytes += node.bytes
        for (const { to } of node.edges) seen.add(to)
    }
    return bytes
}
