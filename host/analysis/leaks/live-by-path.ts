import type { GraphNode, GraphOutline } from "../../model/graph/graph"
import type { ObjectPath } from "./object-path"
import { mayHaveGrown, windowsOf } from "./steady-growth"

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
    example: Example
    /** How often the only object here was another one than at the look before. */
    replaced: number
}

/** What one look found over one path. */
interface Count {
    objects: number
    items: number
    bytes: number
    example: Example
}

/** What is remembered of an object: the object itself would keep all that it leads to in memory. */
export type Example = Pick<GraphNode, "type" | "className" | "allocation" | "address">

/** What one look found, by path. */
export type Counts = ReadonlyMap<ObjectPath, Count>

/** What a look found, and which of all looks it was. */
export interface CountedLook {
    index: number
    counts: Counts
}

/** The objects of a graph by the shortest path from the program's variables, or from the runtime's own. */
export type ObjectsByPath = ReadonlyMap<ObjectPath, GraphNode[]>

/**
 * What is live by the path it is reached over, look after look. Each object counts once: under the
 * shortest path from the program's variables, or from the runtime's own where no variable leads. Of most
 * paths nobody asks how it went: their series are never made.
 */
export class LiveByPath {
    private readonly series = new Map<ObjectPath, PathSeries>()
    private paths: Set<ObjectPath> | undefined

    /**
     * @param times of all looks
     * @param last the objects of the last look
     * @param counted in the order of their times; the other looks are not known
     */
    constructor(
        readonly times: readonly number[],
        readonly last: ObjectsByPath,
        private readonly counted: readonly CountedLook[] = [],
    ) {}

    /** How many looks were counted. */
    get looks(): number {
        return this.counted.length
    }

    /** Of which there is more at the last look than in the first window that is judged: nothing else grows. */
    mayGrow(): PathSeries[] {
        const lastLook = this.counted.at(-1)
        if (lastLook?.index !== this.times.length - 1) return []
        const window = new Set(windowsOf(this.times)[0])
        const first = this.counted.filter(({ index }) => window.has(index))
        const hasGrown = (path: ObjectPath, of: "objects" | "items", now: number) =>
            mayHaveGrown(Math.min(...first.map(({ counts }) => counts.get(path)?.[of] ?? 0)), now)
        const grown = [...lastLook.counts].filter(
            ([path, { objects, items }]) =>
                hasGrown(path, "objects", objects) || hasGrown(path, "items", items),
        )
        const paths = new Set(grown.map(([path]) => path))
        return this.seriesWhere(path => paths.has(path))
    }

    /** Of every path over these and beyond them that ever led to something. */
    seriesWithin(...paths: ObjectPath[]): PathSeries[] {
        return this.seriesWhere(path => isWithin(path, paths))
    }

    /** Look by look, bytes of all that was reached over these paths and beyond them. */
    bytesWithin(...paths: ObjectPath[]): number[] {
        const total = Array<number>(this.times.length).fill(0)
        for (const series of this.seriesWithin(...paths))
            series.bytes.forEach((bytes, i) => (total[i]! += bytes))
        return total
    }

    /** The objects reached over these paths and beyond them at the last look. */
    within(...paths: ObjectPath[]): GraphNode[] {
        return [...this.last].flatMap(([path, nodes]) => (isWithin(path, paths) ? nodes : []))
    }

    /** In the order in which their paths first led to something. */
    private seriesWhere(isAsked: (path: ObjectPath) => boolean): PathSeries[] {
        this.paths ??= new Set(this.counted.flatMap(({ counts }) => [...counts.keys()]))
        return [...this.paths].filter(isAsked).map(path => this.seriesOf(path))
    }

    private seriesOf(path: ObjectPath): PathSeries {
        let series = this.series.get(path)
        if (!series) {
            series = this.follow(path)
            this.series.set(path, series)
        }
        return series
    }

    private follow(path: ObjectPath): PathSeries {
        const unknown = () => new Float64Array(this.times.length).fill(NaN)
        const [objects, items, bytes] = [unknown(), unknown(), unknown()]
        let example: Example | undefined
        let replaced = 0
        for (const { index, counts } of this.counted) {
            const count = counts.get(path)
            objects[index] = count?.objects ?? 0
            items[index] = count?.items ?? 0
            bytes[index] = count?.bytes ?? 0
            if (!count) continue
            if (example && isOther(example, count.example)) replaced++
            example = count.example
        }
        return { path, objects, items, bytes, example: example!, replaced }
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
    const counts = new Map<ObjectPath, Count>()
    for (const [path, nodes] of objects) {
        const { type, className, allocation, address } = nodes[0]!
        const example = { type, className, allocation, address }
        const count = { objects: nodes.length, items: 0, bytes: 0, example }
        for (const { length = 0, bytes } of nodes) {
            count.items += length
            count.bytes += bytes
        }
        counts.set(path, count)
    }
    return counts
}

/** Two looks met different objects: the first one is gone, or its block is another's now. */
function isOther(before: Example, now: Example): boolean {
    return before.allocation !== now.allocation || before.address !== now.address
}

function isWithin(path: ObjectPath, paths: readonly ObjectPath[]): boolean {
    return path.isThrough(step => paths.includes(step))
}
