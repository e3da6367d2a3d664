import type { GraphNode, HeapGraph } from "../../model/graph/graph"
import { LiveByPath } from "./live-by-path"
import { change } from "./steady-growth"
import { growingContainers, type Container } from "./growing-containers"
import type { Leak, LeakKind } from "../../documents/leak"
import { heaviestLines, type LineOf } from "./heaviest-lines"
import { SamplingTimes } from "./sampling-times"
import { heaviestPath, type HeaviestPath } from "./heaviest-path"
import { growthPlan, type GrowthPlan } from "./growth-plan"

/** Lines told of a leak. */
const MAX_LINES = 3
const HOUR_MS = 3_600_000

/**
 * Finds leaks of a running program. Look at its objects whenever `nextSamplingMs` has come; in the end
 * `leaks` names the containers that never stopped growing.
 */
export class LeakFinder {
    private readonly liveByPath = new LiveByPath()
    private readonly times = new SamplingTimes()

    /** When to look next, in simulated milliseconds. */
    get nextSamplingMs(): number {
        return this.times.nextMs
    }

    sample(atMs: number, graph: HeapGraph | undefined): void {
        if (graph) this.liveByPath.take(atMs, graph)
        this.times.looked(atMs)
    }

    /** A look that is none of the series: at a death, in the midst of a call. */
    sampleOnce(atMs: number, graph: HeapGraph | undefined): void {
        if (graph) this.liveByPath.sampleOnce(graph)
        this.times.looked(atMs)
    }

    /** What holds most at the last look. */
    heaviest(lineOf: LineOf): HeaviestPath | undefined {
        return heaviestPath(this.liveByPath, lineOf)
    }

    /** How what grows goes on. */
    plans(): GrowthPlan[] {
        return growingContainers(this.liveByPath).flatMap(
            container => growthPlan(this.liveByPath, container) ?? [],
        )
    }

    /** Leaks found by now, the one that takes most bytes first. */
    leaks(lineOf: LineOf): Leak[] {
        return growingContainers(this.liveByPath)
            .filter(container => this.isStillFull(container))
            .map(container => this.describe(container, lineOf))
            .filter(leak => leak.liveBytesPerHour > 0)
            .sort((a, b) => b.liveBytesPerHour - a.liveBytesPerHour)
    }

    /** What was emptied by the last look is no leak, however long it grew before. */
    private isStillFull({ series: { path }, growth: { from, to }, isByItems }: Container): boolean {
        const nodes = this.liveByPath.last.get(path) ?? []
        const now = isByItems
            ? nodes.reduce((sum, { length = 0 }) => sum + length, 0)
            : nodes.length
        return now > (from + to) / 2
    }

    private describe(container: Container, lineOf: LineOf): Leak {
        const { liveByPath } = this
        const { series, growth, companions } = container
        const { path, example } = series
        const { fromMs, toMs, from, to } = growth
        const paths = [path, ...companions.map(companion => companion.path)]
        const bytes = change({ times: liveByPath.times, values: liveByPath.bytesWithin(...paths) })
        const liveBytes = { from: bytes?.from ?? 0, to: bytes?.to ?? 0 }
        const nodes = liveByPath.last.get(path) ?? []
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
            heldAt: heaviestLines(liveByPath.within(...paths).flatMap(partsOf), lineOf)
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
