import type { Advice } from "../documents/advice"
import { leadingAdvice } from "../analysis/advice/leading"
import { structureFigures } from "../analysis/advice/structure-figures"
import { advise } from "../analysis/advice/advise"
import { QueueLog } from "../analysis/advice/usage/queue-log"
import { priced } from "../analysis/advice/price"
import { Prediction } from "../analysis/advice/prediction"
import type { MethodFacts } from "../analysis/advice/array-methods"
import { CallNode } from "../analysis/advice/call-nodes"
import { BLOCK_TYPES, type HeapBlock } from "../model/heap/block"
import { collectedFragmentation } from "../model/heap/stats"
import type { HeapGraph } from "../model/graph/graph"
import { BUFFER } from "../model/heap/layout"
import { MemoryReader } from "../model/heap/memory-reader"
import type { Leak, SimReport } from "../documents/sim-report"
import { OTHER_PATHS, ROOT } from "../analysis/profile/path-tree"
import { Places, RUNTIME_PLACE } from "../analysis/profile/source-places"
import { ChurnObserver } from "../simulator/observers/churn-observer"
import { SourceMap } from "../model/program/source-map"
import { SourceFrames } from "../model/program/source-frames"
import { sourceOf, type RunOptions } from "../simulator/run"
import type { SimulatedBoard } from "../simulator/simulated-board"

/** The heap as it was when the run was over, or the program died. */
interface Remains {
    graph: HeapGraph
    contents: Map<number, Uint8Array>
    everSet: Map<number, Uint8Array>
    blocks: HeapBlock[]
    /** How often the program was started. */
    starts: number
    /** By pc: milliseconds of board time it took to run. */
    runningMs: Map<number, number>
}

/** Simulated time to the next look, as a share of the time that has passed; the same of collections. */
const SAMPLE_SHARE = 1 / 16
/** Simulated time to the next look at the structures, as a multiple of the time that has passed. */
const STRUCTURES_STEP = 1.25
/** Share of the run after which what has not grown is held to have its size. */
const SETTLED = 1 / 2
/** In less time, simulated milliseconds, what comes now and then has not come. */
const MIN_SETTLED_MS = 30_000
/** The first collections are all looked at. */
const FIRST_COLLECTIONS = 16

/** Watches one run and says what its program could do to take less memory. Changes nothing in the run. */
export class Adviser {
    private readonly observer: ChurnObserver
    private readonly map: SourceMap | undefined
    private readonly frames: SourceFrames
    private remains: Remains | undefined
    /** What the run would have been with advice followed, once there is some. */
    prediction: Prediction | undefined
    private nextSampleMs = 0
    private nextStructuresMs = 0
    private readonly queues = new QueueLog()
    /** What the structures had held at most, and the lengths of lists, at some moments. */
    private readonly structures: { atMs: number; most: Map<number, number> }[] = []
    private collections = 0
    private nextCollection = 1

    constructor(private readonly program: RunOptions["program"]) {
        this.map = SourceMap.of(program.debug)
        this.frames = new SourceFrames(this.map, program.sourceFolder)
        this.observer = new ChurnObserver(program.bytecode, this.map)
    }

    /** To be given to the run, with what else is to hear of it. */
    hooks(options: Pick<RunOptions, "observers" | "onEvent" | "onEnd">) {
        const sample = (board: SimulatedBoard) => {
            this.remains = this.remainsOf(board)
        }
        return {
            observers: [...(options.observers ?? []), this.observer.allocated],
            onFreed: address => this.observer.log.freed(address),
            onPush: (list, elements) => this.observer.pushed(list, elements),
            onEvent: (event, board) => {
                if (event.kind === "sample") this.sampleAt(event.atMs, board)
                if (event.kind === "gc") {
                    this.observer.log.collected(board)
                    this.sampleCollected(board)
                }
                if (event.kind === "panic") sample(board)
                options.onEvent?.(event, board)
            },
            onEnd: board => {
                sample(board)
                options.onEnd?.(board)
            },
        } satisfies Pick<RunOptions, "observers" | "onFreed" | "onPush" | "onEvent" | "onEnd">
    }

    /** The profiler that the adviser works with: a profile of the same run needs no other. */
    get profiler() {
        return this.observer.profiler
    }

    /**
     * What the run showed, what ends a fault of it first.
     * @param report of the run that had the hooks
     * @param growing what grew in it
     */
    advice(
        report: Pick<
            SimReport,
            "program" | "heap" | "gc" | "boardTime" | "outcome" | "judgement" | "leaks"
        >,
        growing: readonly Leak[] = report.leaks ?? [],
    ): Advice[] {
        const { remains, observer, program, frames } = this
        if (!remains) return []
        const { blocks, graph, contents, everSet, runningMs } = remains
        this.logQueues(graph)
        const leading = leadingAdvice({
            ...{ judgement: report.judgement, leaks: growing },
            ...{ graph, contents },
            capacityBytes: report.heap.capacityBytes,
            sourceOf: file => sourceOf(program, file),
        })
        const general = advise({
            ...{ graph, contents, everSet },
            bytecode: program.bytecode,
            capacityBytes: report.heap.capacityBytes,
            allocatedBytes: report.gc.allocatedBytes,
            ranOut: report.outcome.panicName === "out-of-memory",
            calls: this.callsOf(blocks),
            texts: observer.texts,
            frames: observer.frameFacts(),
            arguments: observer.argumentFacts(),
            largestBuffers: observer.largestBuffers,
            fields: observer.fields,
            useOf: address => observer.useOf(address),
            runningMs,
            methods: this.methodFacts(runningMs),
            requests: address => observer.requestsOf(address),
            queued: address => this.queues.of(address),
            mostBefore: this.mostBefore(),
            functionStarts: (program.debug?.functions ?? []).map(({ startpc }) => startpc),
            lineOf: pc => frames.at(pc),
            statementAt: pc => this.map?.statementAt(pc - 1),
            declarationText: start => this.map?.declarationText(start),
        })
        this.prediction = this.predictionOf(remains, report.heap.capacityBytes)
        const names = new Set(program.debug?.functions.map(({ name }) => name.toLowerCase()))
        // A class is there by its constructor, a form without one by the function that makes it.
        const has = (structure: string) => names.has(structure.toLowerCase())
        // What never stops growing has no size that it will be.
        const grows = leading.flatMap(({ at }) => (at ? [`${at.file}:${at.line}`] : []))
        return [
            ...leading.map(advice => ({ ...advice, endsFault: true as const })),
            ...general.filter(
                ({ lesson, at }) =>
                    lesson !== "heap" || !at || !grows.includes(`${at.file}:${at.line}`),
            ),
        ].map(advice => priced(advice, report, has, this.prediction))
    }

    /** What the run would have been with advice followed; undefined before it is over. */
    private predictionOf({ blocks, starts }: Remains, capacityBytes: number): Prediction {
        const { profiler, log } = this.observer
        return new Prediction({
            record: log.record(blocks, starts),
            paths: profiler.paths,
            live: profiler.live(blocks),
            capacityBytes,
            fragmentation: collectedFragmentation(blocks),
            ownLineAt: pc => (this.frames.isLibrary(pc) ? undefined : this.frames.at(pc + 1)),
        })
    }

    private sampleAt(atMs: number, board: SimulatedBoard): void {
        if (atMs < this.nextSampleMs) return
        this.nextSampleMs = atMs * (1 + SAMPLE_SHARE)
        this.observer.sample(board)
        if (atMs < this.nextStructuresMs) return
        this.nextStructuresMs = atMs * STRUCTURES_STEP
        const graph = board.graph(this.program.debug)
        const most = new Map<number, number>()
        for (const node of graph?.nodes ?? []) {
            const figures = structureFigures(node)
            if (figures) most.set(node.address, figures.highWaterMark)
            else if (node.type === "array") most.set(node.address, node.length ?? 0)
        }
        this.structures.push({ atMs, most })
        if (graph) this.logQueues(graph)
    }

    private logQueues(graph: HeapGraph): void {
        this.queues.add(graph, address => (this.observer.useOf(address)?.shift.calls ?? 0) > 0)
    }

    /** What all calls of the methods took to run, summed over their instructions. */
    private methodFacts(runningMs: ReadonlyMap<number, number>): MethodFacts {
        const msOf = new Map<number, number>()
        for (const [pc, ms] of runningMs) {
            const start = this.map?.functionAt(pc)?.startpc ?? -1
            msOf.set(start, (msOf.get(start) ?? 0) + ms)
        }
        const { shift, search } = this.observer.methodFacts()
        const timed = ({ starts, ...facts }: typeof shift) => ({
            ...facts,
            ms: starts.reduce((sum, start) => sum + (msOf.get(start) ?? 0), 0),
        })
        return { shift: timed(shift), search: timed(search) }
    }

    private mostBefore(): ReadonlyMap<number, number> {
        const end = this.structures.at(-1)?.atMs ?? 0
        const before = this.structures.findLast(({ atMs }) => atMs <= end * SETTLED)
        return (end >= MIN_SETTLED_MS ? before?.most : undefined) ?? new Map()
    }

    /** In the midst of a call, which may hold much that is gone between calls. */
    private sampleCollected(board: SimulatedBoard): void {
        if (++this.collections < this.nextCollection) return
        if (this.collections > FIRST_COLLECTIONS)
            this.nextCollection = this.collections * (1 + SAMPLE_SHARE)
        this.observer.sample(board)
    }

    private remainsOf(board: SimulatedBoard): Remains | undefined {
        const graph = board.graph(this.program.debug)
        const { heap } = board.tracker
        if (!graph || !heap) return undefined
        this.observer.sample(board)
        const reader = new MemoryReader(heap)
        const contents = new Map<number, Uint8Array>()
        const everSet = new Map<number, Uint8Array>()
        for (const { id, type, address, length = 0 } of graph.nodes) {
            if (type !== "buffer") continue
            contents.set(id, reader.bytes(address + BUFFER.data, length))
            const bits = this.observer.bitsOf(address)
            if (bits) everSet.set(id, bits)
        }
        const runningMs = new Map<number, number>()
        for (const { pc, time } of board.work.places()) runningMs.set(pc, time.runningMs)
        const { starts } = board.tracker
        return { graph, contents, everSet, blocks: board.blocks(), starts, runningMs }
    }

    /** The profiler's tree, each node with what it allocated. */
    private callsOf(blocks: readonly HeapBlock[]): CallNode[] {
        const { profiler, survivors, taken } = this.observer
        const { paths } = profiler
        const live = profiler.live(blocks)
        const places = new Places(this.frames)
        const nodes: (CallNode | undefined)[] = []
        const outermost: CallNode[] = []
        const isTop = (id: number) => id === ROOT || id === OTHER_PATHS
        const nodeAt = (id: number): CallNode => {
            const known = nodes[id]
            if (known) return known
            const pc = paths.labels[id]!
            const place = isTop(id) ? RUNTIME_PLACE : places.at(pc)
            const start = isTop(id) ? undefined : this.map?.functionAt(pc)?.startpc
            const node = new CallNode(pc, start, place.function, place.line)
            nodes[id] = node
            const parent = paths.parents[id]!
            const siblings = isTop(id) || isTop(parent) ? outermost : nodeAt(parent).callees
            siblings.push(node)
            return node
        }
        for (let leaf = 0; leaf < paths.size; leaf++) {
            if (!paths.isLeaf(leaf)) continue
            nodeAt(paths.parents[leaf]!).churn.set(BLOCK_TYPES[paths.typeOf(leaf)]!, {
                blocks: paths.allocations[leaf]!,
                bytes: paths.bytes[leaf]!,
                live: live.blocks[leaf]!,
                survivors: survivors[leaf] ?? 0,
                taken: taken.get(leaf) ?? 0,
            })
        }
        return outermost
    }
}
