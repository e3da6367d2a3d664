import type { GraphNode, GraphOutline } from "../../model/graph/graph"
import {
    countsOf,
    LiveByPath,
    objectsByPath,
    type Counts,
    type Example,
    type ObjectsByPath,
} from "./live-by-path"
import { areEnough, change, judgedFromMs, tellingLooks, windowsOf } from "./steady-growth"
import { growingContainers, type Container } from "./growing-containers"
import type { Leak, LeakKind } from "../../documents/leak"
import { heaviestLines, type LineOf } from "./heaviest-lines"
import { SamplingTimes } from "./sampling-times"
import { ObjectPath } from "./object-path"
import { heaviestPath, type HeaviestPath } from "./heaviest-path"
import { growthPlan, type GrowthPlan } from "./growth-plan"

/** Lines told of a leak. */
const MAX_LINES = 3
const HOUR_MS = 3_600_000

/** A look at a program's objects: of most, nobody ever asks what they found. */
interface Look {
    atMs: number
    /** Builds an outline of the graph as it was then. */
    outline: () => GraphOutline
    counts?: Counts
}

/**
 * Finds leaks of a running program. Look at its objects whenever `nextSamplingMs` has come; in the end
 * `leaks` names the containers that never stopped growing. Outlines are built when it is asked, and no more
 * of them than it takes to be sure.
 */
export class LeakFinder {
    private root = ObjectPath.root()
    /** Of all looks. */
    private times: number[] = []
    /** The last of them: those that are judged wherever the run ends. */
    private looks: Look[] = []
    private last: ObjectsByPath | undefined
    private found: { liveByPath: LiveByPath; containers: Container[] } | undefined

    /** @param sampling of the whole run, of which it may follow a part */
    constructor(private readonly sampling = new SamplingTimes()) {}

    /** Another that has seen the same and goes on by itself; what was found in a look, both know. */
    fork(sampling: SamplingTimes): LeakFinder {
        const other = new LeakFinder(sampling)
        const { root, times, looks, last } = this
        other.root = root
        other.times = [...times]
        other.looks = [...looks]
        other.last = last
        return other
    }

    /** When to look next, in simulated milliseconds. */
    get nextSamplingMs(): number {
        return this.sampling.nextMs
    }

    /** It has looked often enough. */
    get canTell(): boolean {
        return areEnough(this.times)
    }

    /** @param outline builds one of the graph as it is now, whenever it is called; undefined without a heap */
    sample(atMs: number, outline: (() => GraphOutline) | undefined): void {
        this.sampling.looked(atMs)
        if (!outline) return
        const { times, looks } = this
        times.push(atMs)
        looks.push({ atMs, outline })
        while (looks[0]!.atMs < judgedFromMs(times[0]!, atMs)) looks.shift()
        this.last = undefined
        this.found = undefined
    }

    /** A look that is none of the series: at a death, in the midst of a call. */
    sampleOnce(outline: GraphOutline | undefined): void {
        if (outline) this.last = objectsByPath(outline, this.root)
    }

    /** What holds most at the last look. */
    heaviest(lineOf: LineOf): HeaviestPath | undefined {
        return heaviestPath(this.lastObjects(), lineOf)
    }

    /** How what grows goes on. */
    plans(): GrowthPlan[] {
        const { liveByPath, containers } = this.growing()
        return containers.flatMap(container => growthPlan(liveByPath, container) ?? [])
    }

    /** Leaks found by now, the one that takes most bytes first. */
    leaks(lineOf: LineOf): Leak[] {
        const { liveByPath, containers } = this.growing()
        return containers
            .filter(container => isStillFull(liveByPath, container))
            .map(container => describe(liveByPath, container, lineOf))
            .filter(leak => leak.liveBytesPerHour > 0)
            .sort((a, b) => b.liveBytesPerHour - a.liveBytesPerHour)
    }

    private growing(): { liveByPath: LiveByPath; containers: Container[] } {
        return (this.found ??= this.search())
    }

    private search(): { liveByPath: LiveByPath; containers: Container[] } {
        const { times } = this
        const nothing = { liveByPath: new LiveByPath([], this.lastObjects()), containers: [] }
        if (!areEnough(times)) return nothing
        // Each takes more looks than the one before, and finds no more.
        const ends = this.liveByPath([...windowsOf(times)[0]!, times.length - 1])
        if (ends.mayGrow().length === 0) return nothing
        const few = this.liveByPath(tellingLooks(times))
        if (growingContainers(few).length === 0) return nothing
        const liveByPath = this.liveByPath(windowsOf(times).flat())
        return { liveByPath, containers: growingContainers(liveByPath) }
    }

    /** @param asked the looks to count, by index, ascending */
    private liveByPath(asked: readonly number[]): LiveByPath {
        const counted = asked.map(index => ({ index, counts: this.countsAt(index) }))
        return new LiveByPath(this.times, this.lastObjects(), counted)
    }

    private countsAt(i: number): Counts {
        const look = this.looks[i - (this.times.length - this.looks.length)]!
        return (look.counts ??= countsOf(objectsByPath(look.outline(), this.root)))
    }

    private lastObjects(): ObjectsByPath {
        if (this.last) return this.last
        const look = this.looks.at(-1)
        if (!look) return new Map()
        this.last = objectsByPath(look.outline(), this.root)
        look.counts ??= countsOf(this.last)
        return this.last
    }
}

/** What was emptied by the last look is no leak, however long it grew before. */
function isStillFull(
    { last }: LiveByPath,
    { series: { path }, growth: { from, to }, isByItems }: Container,
): boolean {
    const nodes = last.get(path) ?? []
    const now = isByItems ? nodes.reduce((sum, { length = 0 }) => sum + length, 0) : nodes.length
    return now > (from + to) / 2
}

function describe(liveByPath: LiveByPath, container: Container, lineOf: LineOf): Leak {
    const { series, growth, companions } = container
    const { path, example } = series
    const { fromMs, toMs, from, to } = growth
    const paths = [path, ...companions.map(companion => companion.path)]
    const bytes = change({ times: liveByPath.times, values: liveByPath.bytesWithin(...paths) })
    const liveBytes = { from: bytes?.from ?? 0, to: bytes?.to ?? 0 }
    const nodes = liveByPath.last.get(path) ?? []
    const [filledAt] = heaviestLines(nodes.map(container.isByItems ? partThatGrew : made), lineOf)
    return {
        path: path.text,
        kind: kindOf(container, example),
        alongside: paths.slice(1).map(({ text }) => text),
        fromMs: Math.round(fromMs),
        toMs: Math.round(toMs),
        items: { from, to },
        liveBytes,
        liveBytesPerHour: Math.round(((liveBytes.to - liveBytes.from) / (toMs - fromMs)) * HOUR_MS),
        ...(filledAt && { filledAt: filledAt.frame }),
        heldAt: heaviestLines(liveByPath.within(...paths).flatMap(partsOf), lineOf)
            .slice(0, MAX_LINES)
            .map(({ frame, bytes, blocks }) => ({ ...frame, liveBytes: bytes, blocks })),
    }
}

function kindOf({ isByItems }: Container, { type, className }: Example): LeakKind {
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

/** What multiplies does so where it is made, whoever adds fields to it. */
function made({ bytes, pc }: GraphNode): Part {
    return { bytes, pc }
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
