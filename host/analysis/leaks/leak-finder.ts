import type { GraphNode, HeapGraph } from "../../model/graph/graph"
import { Census } from "./live-by-path"
import { change } from "./steady-growth"
import { growingContainers, type Container } from "./growing-containers"
import type { Leak, LeakKind } from "../../documents/leak"
import { heaviestLines, type LineOf } from "./heaviest-lines"
import { LookTimes } from "./sampling-times"
import { heaviestPath, type HeaviestPath } from "./heaviest-path"
import { growthPlan, type GrowthPlan } from "./growth-plan"

/** Lines told of a leak. */
const MAX_LINES = 3
const HOUR_MS = 3_600_000

/**
 * Finds leaks of a running program. Look at its objects whenever `nextLookMs` has come; in the end
 * `leaks` names the containers that never stopped growing.
 */
export class LeakFinder {
    private readonly census = new Census()
    private readonly times = new LookTimes()

    /** When to look next, in simulated milliseconds. */
    get nextLookMs(): number {
        return this.times.nextMs
    }

    look(atMs: number, graph: HeapGraph | undefined): void {
        if (graph) this.census.take(atMs, graph)
        this.times.looked(atMs)
    }

    /** A look that is none of the series: at a death, in the midst of a call. */
    lookOnce(atMs: number, graph: HeapGraph | undefined): void {
        if (graph) this.census.lookOnce(graph)
        this.times.looked(atMs)
    }

    /** What holds most at the last look. */
    heaviest(lineOf: LineOf): HeaviestPath | undefined {
        return heaviestPath(this.census, lineOf)
    }

    /** How what grows goes on. */
    plans(): GrowthPlan[] {
        return growingContainers(this.census).flatMap(
            container => growthPlan(this.census, container) ?? [],
        )
    }

    /** Leaks found by now, the one that takes most bytes first. */
    leaks(lineOf: LineOf): Leak[] {
        return growingContainers(this.census)
            .map(container => this.describe(container, lineOf))
            .filter(leak => leak.liveBytesPerHour > 0)
            .sort((a, b) => b.liveBytesPerHour - a.liveBytesPerHour)
    }

    private describe(container: Container, lineOf: LineOf): Leak {
        const { census } = this
        const { series, growth, companions } = container
        const { path, example } = series
        const { fromMs, toMs, from, to } = growth
        const paths = [path, ...companions.map(companion => companion.path)]
        const bytes = change({ times: census.times, values: census.bytesWithin(...paths) })
        const liveBytes = { from: bytes?.from ?? 0, to: bytes?.to ?? 0 }
        const nodes = census.last.get(path) ?? []
        const [filledAt] = heaviestLines(nodes.map(partThatGrew), lineOf)
        return {
            path: path.text,
            kind: kindOf(container, example),
            alongside: paths.slice(1).map(({ text }) => text),
            fromMs: Math.round(fromMs),
            toMs: Math.round(toMs),
            items: { from, to },
            liveBytes,
            liveBytesPerHour: Math.round(
                ((liveBytes.to - liveBytes.from) / (toMs - fromMs)) * HOUR_MS,
            ),
            ...(filledAt && { filledAt: filledAt.frame }),
            heldAt: heaviestLines(census.within(...paths).flatMap(partsOf), lineOf)
                .slice(0, MAX_LINES)
                .map(({ frame, bytes, blocks }) => ({ ...frame, liveBytes: bytes, blocks })),
        }
    }
}

function kindOf({ isByItems }: Container, { type, className }: GraphNode): LeakKind {
    if (className === "fiber") return "fibers"
    if (!isByItems) return "objects"
    switch (type) {
        case "array":
        case "buffer":
            return type
        case "string":
        case "string-jmp":
            return "string"
        default:
            return "map"
    }
}

/** A list or a map grows by a new storage, everything else by being made. */
function partThatGrew({ storage, storagePc, bytes, pc }: GraphNode): Part {
    return storage ? { pc: storagePc, bytes: storage.bytes } : { pc, bytes }
}

/** The blocks of an object, each where it was allocated. */
function partsOf({ storage, storagePc, bytes, pc }: GraphNode): Part[] {
    return storage
        ? [
              { pc, bytes: bytes - storage.bytes },
              { pc: storagePc, bytes: storage.bytes },
          ]
        : [{ pc, bytes }]
}

/** A block, and the place that allocated it. */
interface Part {
    pc: number | undefined
    bytes: number
}
