import type { GraphNode, GraphOutline } from "../../model/graph/graph"
import type { ObjectPath } from "./object-path"

/** What was reached over one path, look by look; NaN for looks whose graph nobody has asked for. */
export interface PathSeries {
    path: ObjectPath
    /** Objects reached over this path. */
    objects: Float64Array
    /** Elements, entries, characters or bytes in all of them together. */
    items: Float64Array
    /** Bytes of these objects, without what they refer to. */
    bytes: Float64Array
    /** One of the objects, of the last look that had any. */
    example: GraphNode
    /** How often the only object here was another one than at the look before. */
    replaced: number
}

/** What one look found over one path. */
interface Count {
    objects: number
    items: number
    bytes: number
    example: GraphNode
}

/** What one look found, by path. */
export type Counts = ReadonlyMap<ObjectPath, Count>

/** The objects of a graph by the shortest path from the program's variables, or from the runtime's own. */
export type ObjectsByPath = ReadonlyMap<ObjectPath, GraphNode[]>

/**
 * Counts what is live by the path it is reached over, look after look. Each object counts once: under
 * the shortest path from the program's variables, or from the runtime's own where no variable leads.
 */
export class LiveByPath {
    /** The looks that were counted, by index. */
    private readonly counted: number[] = []
    private readonly series = new Map<ObjectPath, PathSeries>()

    /**
     * @param times of all looks
     * @param last the objects of the last look
     */
    constructor(
        readonly times: readonly number[],
        readonly last: ObjectsByPath,
    ) {}

    /** Every path that ever led to something. */
    all(): PathSeries[] {
        return [...this.series.values()]
    }

    /** How many looks were counted. */
    get looks(): number {
        return this.counted.length
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

    /** To be told of looks in their order. @param index of the look in `times` */
    count(index: number, counts: Counts): void {
        this.counted.push(index)
        for (const { objects, items, bytes } of this.series.values())
            objects[index] = items[index] = bytes[index] = 0
        for (const [path, { objects, items, bytes, example }] of counts) {
            let series = this.series.get(path)
            if (!series) {
                series = {
                    ...{ path, objects: this.nothing(), items: this.nothing() },
                    ...{ bytes: this.nothing(), example, replaced: 0 },
                }
                this.series.set(path, series)
            }
            if (isOther(series.example, example)) series.replaced++
            series.example = example
            series.objects[index] = objects
            series.items[index] = items
            series.bytes[index] = bytes
        }
    }

    /** Of a path that led to nothing so far. */
    private nothing(): Float64Array {
        const values = new Float64Array(this.times.length).fill(NaN)
        for (const index of this.counted) values[index] = 0
        return values
    }
}

/** @param root of the paths: the same for all looks that are to be compared */
export function objectsByPath({ nodes }: GraphOutline, root: ObjectPath): ObjectsByPath {
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

export function countsOf(objects: ObjectsByPath): Counts {
    return new Map(
        [...objects].map(([path, nodes]) => [
            path,
            {
                objects: nodes.length,
                items: sum(nodes, node => node.length ?? 0),
                bytes: sum(nodes, node => node.bytes),
                example: nodes[0]!,
            },
        ]),
    )
}

/** Two looks met different objects: the first one is gone, or its block is another's now. */
function isOther(before: GraphNode, now: GraphNode): boolean {
    return before.allocation !== now.allocation || before.address !== now.address
}

function isWithin(path: ObjectPath, paths: readonly ObjectPath[]): boolean {
    return path.isThrough(step => paths.includes(step))
}

function sum(nodes: readonly GraphNode[], of: (node: GraphNode) => number): number {
    return nodes.reduce((total, node) => total + of(node), 0)
}
