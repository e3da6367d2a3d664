import { findDominators, retainedSizes } from "../../model/graph/dominators"
import type { GraphNode, HeapGraph } from "../../model/graph/graph"

/** What one variable of the program, or one part of the VM, keeps alive alone. */
export interface RootShare {
    name: string
    /** What it refers to, of a variable. */
    className?: string
    retainedBytes: number
    /** Bytes that can be reached from it, which others may hold, too. */
    reachedBytes: number
}

/** Groups that hold what they hold only until the calls in progress have returned. */
const PASSING: readonly string[] = ["fibers", "evaluation stack", "exception", "pinned"]

/**
 * Live bytes by who keeps them alive alone: the program's variables, the VM's groups, and what several
 * hold together. A call in progress that also has its hands on an object does not count as its holder: it
 * will return. The retained bytes of all add up to the live bytes.
 */
export function sharesOf(graph: HeapGraph): RootShare[] {
    const { nodes } = graph
    const retained = retainedInTheLongRun(graph)
    const shares: RootShare[] = []
    const addRest = (name: string, bytes: number) => {
        if (bytes > 0) shares.push({ name, retainedBytes: bytes, reachedBytes: bytes })
    }
    let inGroups = 0
    for (const { to } of nodes[0]!.edges) {
        const group = nodes[to]!
        inGroups += retained[to]!
        if (group.name === "globals") {
            const variables = group.edges.map(edge => nodes[edge.to]!)
            let alone = group.bytes
            for (const variable of variables) {
                alone += retained[variable.id]!
                shares.push({ ...shareOf(nodes, variable, retained), ...heldBy(nodes, variable) })
            }
            addRest("(several variables)", retained[to]! - alone)
            addRest("(the variables themselves)", group.bytes)
        } else if (retained[to]! > 0)
            shares.push({ ...shareOf(nodes, group, retained), name: `(${group.name})` })
    }
    addRest("(variables and the VM)", graph.liveBytes - inGroups)
    return shares.sort((a, b) => b.retainedBytes - a.retainedBytes)
}

function shareOf(nodes: readonly GraphNode[], node: GraphNode, retained: Float64Array): RootShare {
    return {
        name: node.name,
        retainedBytes: retained[node.id]!,
        reachedBytes: reachableFrom(nodes, node).reduce((sum, { bytes }) => sum + bytes, 0),
    }
}

function heldBy(nodes: readonly GraphNode[], variable: GraphNode) {
    const held = variable.kind === "global" && nodes[variable.edges[0]!.to]
    return held ? { className: held.className } : {}
}

/** Retained sizes without what only calls in progress hold of what lasts. */
function retainedInTheLongRun({ nodes }: HeapGraph): Float64Array {
    const kept = new Set<number>([0])
    for (const { to } of nodes[0]!.edges)
        if (!PASSING.includes(nodes[to]!.name))
            for (const { id } of reachableFrom(nodes, nodes[to]!)) kept.add(id)
    const dominators = findDominators({
        count: nodes.length,
        successors: id => {
            const targets = nodes[id]!.edges.map(({ to }) => to)
            return kept.has(id) ? targets : targets.filter(to => !kept.has(to))
        },
    })
    return retainedSizes(dominators, id => nodes[id]!.bytes)
}

/** A node and all that can be reached from it. */
function reachableFrom(nodes: readonly GraphNode[], start: GraphNode): GraphNode[] {
    const seen = new Set([start.id])
    for (const id of seen) for (const { to } of nodes[id]!.edges) seen.add(to)
    return Array.from(seen, id => nodes[id]!)
}
