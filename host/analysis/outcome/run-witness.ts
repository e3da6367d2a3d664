import type { HeapBlock } from "../../model/heap/block"
import type { GcFigures, StackFrame } from "../../model/figures"
import type { GraphOutline, HeapGraph } from "../../model/graph/graph"
import { LeakFinder } from "../leaks/leak-finder"
import { SamplingTimes } from "../leaks/sampling-times"
import type { LineOf } from "../leaks/heaviest-lines"
import type { HeaviestPath } from "../leaks/heaviest-path"
import type { Leak } from "../../documents/leak"
import { LargeBlocks } from "../trend/large-blocks"
import type { TimeToDeath } from "../../model/time-to-death"
import { timeToDeath, type TimedBlock } from "../trend/time-to-death"
import { holesOf, type Holes } from "./holes"

/** What is looked at: the board between two steps. */
export interface Observation {
    atMs: number
    liveBytes: number
    /** The largest hole that a collection would leave. */
    largestHoleBytes: number
    /** Builds an outline of the object graph as it is now, whenever it is asked to; undefined without a heap. */
    outline: (() => GraphOutline) | undefined
    gc: GcFigures
    /** The largest request since the last look, header included. */
    largestRequestBytes: number
    /** Executed since power-on. */
    instructions: number
    /** How often the program was started. */
    starts: number
}

/** A look for a judgement: at the end of a run, at the board's death, or while somebody watches. */
export interface WholeObservation extends Omit<Observation, "outline" | "largestRequestBytes"> {
    graph: HeapGraph | undefined
    blocks: readonly HeapBlock[]
    /** Addresses of the free blocks that an allocation can take now; not known of a dead board. */
    freeList?: ReadonlySet<number>
}

/** What is kept of a look. */
interface Seen extends Omit<Observation, "outline"> {
    /** Bytes that calls had in hand at a collection since the last look. */
    transientBytes: number
}

/** What a run's looks tell, beside its figures. */
export interface Testimony {
    leaks: Leak[]
    /** What grew in each life that was long enough to tell, and in which no more came after it. */
    leaksOfLives: Leak[]
    heaviest: HeaviestPath | undefined
    /** Of what grows, while the program lives. */
    death: TimeToDeath | undefined
    /** Largest request after the warm-up, and the least that the largest free block was then. */
    largestRequestBytes: number
    largestHoleBytes: number
    /** At the end: what would be free, and who stands in between. */
    holes: Holes | undefined
    pinnedBy: PinHolder[]
    /** Live bytes when no call was at work last, before a death. */
    restingLiveBytes: number | undefined
    /** At the end: bytes that only the calls at work hold. */
    inHandBytes: number
    /** Since when no instruction of the program ran any more. */
    idleSinceMs: number | undefined
}

/** Small blocks of one line that keep holes apart. */
export interface PinHolder {
    at: StackFrame | undefined
    blocks: number
    bytes: number
}

/** Share of the run that counts as warm-up. */
const WARM_UP = 1 / 3
/** Of the run, its last part: what is allocated then tells how it goes on. */
const LATELY = 1 / 2
const MAX_PIN_LINES = 3
/** Blocks remembered: some rounds of what the program does again and again. */
const LAST_BLOCKS = 512
/** Lives that are over and looked into: each has its looks in memory. */
const MAX_LIVES = 2
/** Looks kept. When full, every second one of the older half goes. */
const MAX_SEEN = 4096

/**
 * Follows a run from look to look, for its judgement: what grows, how large the holes and the requests
 * were, and what the calls had in hand. It reads what it is shown, and disturbs nothing.
 */
export class RunWitness {
    private finder: LeakFinder
    /** Of lives that are over, the first that were long enough to tell: what one keeps, the next has not. */
    private finished: LeakFinder[] = []
    private starts = 1
    private seen: Seen[] = []
    private last: WholeObservation | undefined
    private mostAtCollection = 0
    /** The last blocks allocated, in a ring. */
    private readonly blocks = new Uint32Array(LAST_BLOCKS)
    private readonly blockTimes = new Float64Array(LAST_BLOCKS)
    private blockCount = 0
    private large = new LargeBlocks()
    private allocatedBytes = 0
    private allocatedAtCollection = 0

    constructor(private readonly sampling = new SamplingTimes()) {
        this.finder = new LeakFinder(sampling)
    }

    /** Another that has seen the same and goes on by itself: a run from here on is told as the whole one is. */
    fork(): RunWitness {
        const sampling = this.sampling.fork()
        const other = new RunWitness(sampling)
        const { starts, last, mostAtCollection, blockCount } = this
        const { allocatedBytes, allocatedAtCollection } = this
        Object.assign(other, { starts, last, mostAtCollection, blockCount })
        Object.assign(other, { allocatedBytes, allocatedAtCollection })
        other.finder = this.finder.fork(sampling)
        other.finished = this.finished.map(finder => finder.fork(sampling))
        other.seen = [...this.seen]
        other.large = this.large.fork()
        other.blocks.set(this.blocks)
        other.blockTimes.set(this.blockTimes)
        return other
    }

    /** When to look next, in simulated milliseconds. */
    get nextSamplingMs(): number {
        return this.sampling.nextMs
    }

    /** Something has grown steadily up to the last look. */
    get isGrowing(): boolean {
        return this.finder.plans().length > 0
    }

    /** To be told of every block, header included. */
    allocated(bytes: number, atMs: number): void {
        const at = this.blockCount++ % LAST_BLOCKS
        this.blocks[at] = bytes
        this.blockTimes[at] = atMs
        this.allocatedBytes += bytes
        this.large.add(bytes, atMs)
    }

    /** A collection in the midst of the program's work left so much. */
    collected(liveBytes: number): void {
        this.allocatedAtCollection = this.allocatedBytes
        this.mostAtCollection = Math.max(this.mostAtCollection, liveBytes)
    }

    /** A look between two steps. */
    observe(seen: Observation): void {
        if (seen.starts > this.starts) this.beginLife()
        this.starts = Math.max(this.starts, seen.starts)
        this.finder.sample(seen.atMs, seen.outline)
        this.note(seen)
    }

    /** What a judgement needs of the board as it is now: to be shown before `tell` is asked. */
    show(now: WholeObservation): void {
        this.last = now
    }

    /** The board died, in the midst of a call: that counts for what is held only. */
    observeDeath(seen: WholeObservation): void {
        this.finder.sampleOnce(seen.graph)
        this.last = seen
    }

    /** @param isDead nothing is foretold of what has died */
    tell(lineOf: LineOf, capacityBytes: number, isDead: boolean): Testimony {
        const { seen, last, finder } = this
        const judged = seen.filter(({ atMs }) => atMs >= (last?.atMs ?? 0) * WARM_UP)
        const holes = last && holesOf(last.blocks)
        return {
            leaks: finder.leaks(lineOf),
            leaksOfLives: this.leaksOfLives(lineOf),
            heaviest: finder.heaviest(lineOf),
            death: isDead ? undefined : this.foretell(capacityBytes),
            largestRequestBytes: Math.max(0, ...judged.map(one => one.largestRequestBytes)),
            largestHoleBytes: Math.min(
                holes?.largestBytes ?? capacityBytes,
                ...judged.map(one => one.largestHoleBytes),
            ),
            holes,
            pinnedBy: holes ? this.pinnedBy(holes, lineOf) : [],
            restingLiveBytes: seen.at(-1)?.liveBytes,
            inHandBytes: last?.graph ? inHand(last.graph) : 0,
            idleSinceMs: this.idleSince(),
        }
    }

    private beginLife(): void {
        if (this.finder.canTell && this.finished.length < MAX_LIVES) this.finished.push(this.finder)
        this.finder = new LeakFinder(this.sampling)
    }

    /** What grew in all lives that tell: in one alone it may have been filling up. */
    private leaksOfLives(lineOf: LineOf): Leak[] {
        const lives = this.finished.map(finder => finder.leaks(lineOf))
        return (lives.at(-1) ?? []).filter(({ path }) =>
            lives.every(leaks => leaks.some(leak => leak.path === path)),
        )
    }

    private note(seen: Observation): void {
        const { atMs, liveBytes, largestHoleBytes, gc } = seen
        const { largestRequestBytes, instructions, starts } = seen
        const transientBytes = Math.max(0, this.mostAtCollection - liveBytes)
        this.mostAtCollection = 0
        this.seen.push({
            atMs,
            liveBytes,
            largestHoleBytes,
            gc,
            largestRequestBytes,
            instructions,
            starts,
            transientBytes,
        })
        if (this.seen.length > MAX_SEEN)
            this.seen.splice(0, this.seen.length, ...thinned(this.seen))
    }

    private foretell(capacityBytes: number): TimeToDeath | undefined {
        const { last, seen, finder } = this
        const from = seen.find(({ atMs }) => atMs >= (last?.atMs ?? 0) * LATELY)
        const to = seen.at(-1)
        if (!last || !from || !to || to.atMs <= from.atMs) return undefined
        const bytes = to.gc.allocatedBytes - from.gc.allocatedBytes
        const lately = seen.filter(({ atMs }) => atMs >= from.atMs)
        return timeToDeath({
            capacityBytes,
            nowMs: last.atMs,
            parts: last.blocks.map(({ address, bytes, live, type }) => ({
                ...{ address, bytes, live: !!live },
                isFree: last.freeList?.has(address) ?? type === "free",
            })),
            plans: finder.plans(),
            allocated: {
                bytes,
                overMs: to.atMs - from.atMs,
                blocks: this.lastBlocks(),
            },
            large: this.large,
            sinceCollectionBytes: this.allocatedBytes - this.allocatedAtCollection,
            transientBytes: Math.max(0, ...lately.map(one => one.transientBytes)),
        })
    }

    /** The last blocks, oldest first. */
    private lastBlocks(): TimedBlock[] {
        const count = Math.min(this.blockCount, LAST_BLOCKS)
        return Array.from({ length: count }, (_, i) => {
            const at = (this.blockCount - count + i) % LAST_BLOCKS
            return { bytes: this.blocks[at]!, atMs: this.blockTimes[at]! }
        })
    }

    private pinnedBy(holes: Holes, lineOf: LineOf): PinHolder[] {
        const pcs = new Map(this.last?.graph?.nodes.map(node => [node.address, node.pc]))
        const storage = this.last?.graph?.nodes.flatMap(node =>
            node.storage ? ([[node.storage.address, node.storagePc]] as const) : [],
        )
        for (const [address, pc] of storage ?? []) pcs.set(address, pc)
        const byLine = new Map<string, PinHolder>()
        for (const { address, bytes } of holes.pins) {
            const pc = pcs.get(address)
            const at = pc ? lineOf(pc) : undefined
            const key = at ? `${at.file}:${at.line}` : ""
            const holder = byLine.get(key) ?? { at, blocks: 0, bytes: 0 }
            holder.blocks++
            holder.bytes += bytes
            byLine.set(key, holder)
        }
        return [...byLine.values()].sort((a, b) => b.blocks - a.blocks).slice(0, MAX_PIN_LINES)
    }

    /** No instruction ran any more: there is work that allocates nothing. */
    private idleSince(): number | undefined {
        const { seen } = this
        const end = seen.at(-1)?.instructions
        const first = seen.findIndex(({ instructions }) => instructions === end)
        return first >= 0 && first < seen.length - 1 ? seen[first]!.atMs : undefined
    }
}

/** Bytes that the program's variables do not lead to, but what its calls are at work on does. */
function inHand({ nodes }: HeapGraph): number {
    const isReached = new Uint8Array(nodes.length)
    const reach = (id: number): number => {
        let bytes = 0
        const queue = [id]
        isReached[id] = 1
        for (let at = 0; at < queue.length; at++) {
            const node = nodes[queue[at]!]!
            bytes += node.bytes
            for (const { to } of node.edges)
                if (!isReached[to]) {
                    isReached[to] = 1
                    queue.push(to)
                }
        }
        return bytes
    }
    isReached[0] = 1
    const groups = nodes[0]!.edges.map(({ to, name }) => ({ to, name }))
    for (const { to, name } of groups) if (!IN_HAND.includes(name) && !isReached[to]) reach(to)
    return groups.reduce(
        (sum, { to, name }) => sum + (IN_HAND.includes(name) && !isReached[to] ? reach(to) : 0),
        0,
    )
}

/** The groups of roots that hold what is being worked on. */
const IN_HAND: readonly string[] = ["fibers", "evaluation stack", "exception", "pinned"]

/** Every second of the older half. */
function thinned(seen: readonly Seen[]): Seen[] {
    const half = seen.length >> 1
    return seen.filter((_, i) => i >= half || i % 2 === 1)
}
