import type { GraphNode, HeapGraph } from "../../model/graph/graph"
import { ObjectPath } from "./object-path"

/** What was reached over one path, look by look. */
export interface PathSeries {
    path: ObjectPath
    /** Objects reached over this path. */
    objects: number[]
    /** Elements, entries, characters or bytes in all of them together. */
    items: number[]
    /** Bytes of these objects, without what they refer to. */
    bytes: number[]
    /** One of the objects, of the last look that had any. */
    example: GraphNode
    /** How often the only object here was another one than at the look before. */
    replaced: number
}

/**
 * Counts what is live by the path it is reached over, look after look. Each object counts once: under
 * the shortest path from the program's variables, or from the runtime's own where no variable leads.
 */
export class LiveByPath {
    readonly times: number[] = []
    /** The objects of the last look by their path. */
    last = new Map<ObjectPath, GraphNode[]>()
    private readonly root = ObjectPath.root()
    private readonly series = new Map<ObjectPath, PathSeries>()

    /** Every path that ever led to something. */
    all(): PathSeries[] {
        return [...this.series.values()]
    }

    /** Look by look, bytes of all that was reached over these paths and beyond them. */
    bytesWithin(...paths: ObjectPath[]): number[] {
        const total = Array<number>(this.times.length).fill(0)
        for (const series of this.series.values())
            if (isWithin(series.path, paths))
                series.bytes.forEach((bytes, i) => (total[i]! += bytes))
        return total
    }

    /** The objects reached over these paths and beyond them at the last look. */
    within(...paths: ObjectPath[]): GraphNode[] {
        return [...this.last].flatMap(([path, nodes]) => (isWithin(path, paths) ? nodes : []))
    }

    /** Looks without counting: what is in the midst of something may be there for a moment only. */
    sampleOnce(graph: HeapGraph): void {
        this.last = groupByPath(graph, this.root)
    }

    take(atMs: number, graph: HeapGraph): void {
        this.last = groupByPath(graph, this.root)
        const before = this.times.length
        this.times.push(atMs)
        for (const [path, nodes] of this.last) {
            const example = nodes[0]!
            let series = this.series.get(path)
            if (!series) {
                const none = () => Array<number>(before).fill(0)
                series = {
                    path,
                    objects: none(),
                    items: none(),
                    bytes: none(),
                    example,
                    replaced: 0,
                }
                this.series.set(path, series)
            }
            if (isOther(series.example, example)) series.replaced++
            series.example = example
            series.objects.push(nodes.length)
            series.items.push(sum(nodes, node => node.length ?? 0))
            series.bytes.push(sum(nodes, node => node.bytes))
        }
        for (const series of this.series.values())
            if (series.objects.length === before) {
                series.objects.push(0)
                series.items.push(0)
                series.bytes.push(0)
            }
    }
}

/** Two looks met different objects: the first one is gone, or its block is another's now. */
function isOther(before: GraphNode, now: GraphNode): boolean {
    return before.allocation !== now.allocation || before.address !== now.address
}

function groupByPath({ nodes }: HeapGraph, root: ObjectPath): Map<ObjectPath, GraphNode[]> {
    const byPath = new Map<ObjectPath, GraphNode[]>()
    const paths = Array<ObjectPath | undefined>(nodes.length)
    paths[0] = root
    // The groups one after another, the program's variables first: what a variable holds is charged
    // to it, also while a function is at work on it.
    for (const { to } of nodes[0]!.edges) {
        const queue = [0]
        for (let at = 0; at < queue.length; at++) {
            const from = nodes[queue[at]!]!
            const path = paths[from.id]!
            let dynamicKey: string | undefined
            for (const edge of from.edges) {
                if (from.id === 0 && edge.to !== to) continue
                if (edge.kind === "key") dynamicKey = edge.name
                if (paths[edge.to]) continue
                const node = nodes[edge.to]!
                const isDictionary = edge.kind === "property" && edge.name === dynamicKey
                const next = path.step({ from, edge, node }, isDictionary)
                paths[edge.to] = next
                queue.push(edge.to)
                const known = byPath.get(next)
                if (known) known.push(node)
                else byPath.set(next, [node])
            }
        }
    }
    return byPath
}

function isWithin(path: ObjectPath, paths: readonly ObjectPath[]): boolean {
    return path.isThrough(step => paths.includes(step))
}

function sum(nodes: readonly GraphNode[], of: (node: GraphNode) => number): number {
    return nodes.reduce((total, node) => total + of(node), 0)
}
