import { joinPath } from "../base/join-path"
import type { Board } from "../boards/board"
import { checkProgramRoom, type ProgramRoom } from "../boards/program-room"
import type { HeapBlock } from "../model/heap/block"
import type { HandAction } from "../model/controls"
import { sampleEvent, type MemoryEvent, type RunEnd, type StructureFigures } from "../model/events"
import type { PlaceTime } from "../model/board-time"
import type { Sink } from "../model/flow"
import { HeapMapDiffer } from "../model/heap/heap-map"
import { HeapError } from "../model/heap/heap-memory"
import { TrendFinder } from "../analysis/trend/live-trend"
import { deathInWords, judge, type RunFacts } from "../analysis/outcome/judge"
import { hasStructures, structuresIn } from "../analysis/outcome/structures-in-use"
import {
    RunWitness,
    type WholeObservation,
    type Observation,
} from "../analysis/outcome/run-witness"
import type { Asked, Leak, Outcome, Sample, SimReport } from "../documents/sim-report"
import { microseconds, type Alarm } from "./clock"
import type { Program } from "../model/program/program"
import { corruptedHeap } from "./corrupted-heap"
import { idleHandlers } from "./idle-handlers"
import { ExceptionLog } from "../model/program/exception-log"
import { outcomeOfDeath } from "./outcome"
import { pace } from "./pace"
import { RunReport, type Findings } from "./run-report"
import { SourceFrames } from "../model/program/source-frames"
import { SourceMap } from "../model/program/source-map"
import { SimulatedBoard, type AllocationListener, type Keyframe } from "./simulated-board"
import type { WorldReport } from "../documents/world-report"
import type { RunHistory } from "./time-travel/run-history"
import { emptyWorld } from "./world/empty-world"
import type { Scenario } from "./scenario/scenario"
import { ScenarioPlayer } from "./scenario/scenario-player"
import { actByHand, ControlsTeller } from "./world/hand"
import { ShownTeller } from "./world/shown"
import type { DoorPlace, World } from "./world/world"

export interface RunOptions {
    program: Program
    /** Without a `configuration` it has no pins, and the program takes it for the official simulator. */
    board: Pick<Board, "id" | "chip" | "heapBytes"> &
        Partial<Pick<Board, "configuration" | "features" | "takenBecause">> &
        ProgramRoom
    /** Simulated time to run, in milliseconds. */
    forMs: number
    /** What still grows at the end is followed up to this time, in simulated milliseconds. */
    settleMs?: number
    /** Simulated milliseconds between samples. Default: 100, or a ten-thousandth of a longer run. */
    sampleMs?: number
    /** Seed of all randomness on the board, a 32-bit number. */
    seed?: number
    /** Makes what the board is connected to, once for each run. Default: nothing. */
    makeWorld?: (seed: number, program: Program) => World
    /** What happens to the board; `makeWorld` has to make its world. */
    scenario?: Scenario
    /** Called at each of its steps that takes a snapshot, between two of the board's. */
    onSnapshotStep?: (name: string, board: SimulatedBoard, atMs: number) => void
    /** Ends the run as soon as a log line holds this text. */
    untilText?: string
    /** Ends the run as failed as soon as a log line holds this text. */
    failText?: string
    /** Ends the run when it has taken this much real time, in milliseconds. */
    timeoutMs?: number
    /** The most simulated time for a real one: 1 is real time. Default: as fast as it can. */
    speed?: number
    /**
     * With `speed`: an allocation is told of by a sample of its own when the next one is further off than
     * this, in real milliseconds.
     */
    soonMs?: number
    /** Keeps the heap of the moment at which most was live: `board.peak()` then tells of it. */
    keepsPeak?: boolean
    /** With `keepsPeak`: see `BoardOptions.onPeak`. */
    onPeak?: (made: number) => void
    /** Looks for leaks: the report then has `leaks`. Changes nothing else of it. */
    leaks?: boolean
    /** Ends the run early; the report is of what has run. */
    signal?: AbortSignal
    /** Tells board time by place in the bytecode, too: the result then has `placeTimes`. */
    placeTimes?: boolean
    /** Tells the heap by address, too, with every sample. */
    heapMap?: boolean
    /** Tells what displays and strips of LEDs show, looked at with every sample. */
    displays?: boolean
    /** Tells what of the world can be pressed, turned and set, looked at with every sample. */
    controls?: boolean
    /** Asked between steps: what somebody has done to the world by hand since. */
    hands?: () => readonly HandAction[]
    /** Gets the board before its program is on it: who hears of allocations may want to know the time. */
    onBoard?: (board: SimulatedBoard) => void
    /**
     * Observes every event as it comes, with the board, to look at: it is called from inside the VM. What
     * has to do with events alone is a sink.
     */
    onEvent?: (event: MemoryEvent, board: SimulatedBoard) => void
    /** Judges it every so many simulated milliseconds, too, for those who watch. Default: at the end alone. */
    judgeMs?: number
    /** Asked between steps: whether the whole heap is to be told of as an event now. */
    isCaptureDue?: () => boolean
    /** Called between steps, whenever others have had their turn: `board` may be looked at. */
    onPause?: (board: SimulatedBoard) => void
    /** Simulated milliseconds, ascending, at which `onMoment` is to be called; read as time comes to them. */
    moments?: Iterable<number>
    /**
     * Called between steps at each of `moments` until `forMs`, also when the program has ended by then and
     * nothing changes any more, but not once it has died: `board` may be looked at.
     */
    onMoment?: (board: SimulatedBoard, atMs: number) => void
    /**
     * The board and its world go on from this moment of the same run: `makeWorld` has to make a world that
     * can, one that is played. It tells the events that follow; its report is of the whole run.
     */
    from?: RunKeyframe
    /** Takes a keyframe, with which the same run can go on from there, every so many simulated milliseconds. */
    keyframes?: { everyMs: number; take: (keyframe: RunKeyframe) => void }
    /** Keeps what it takes to go back to any moment of this run. Default: nobody does. */
    timeTravel?: RunHistory
    /** Called after each allocation, from inside the VM: `board` may be looked at; nothing holds the block yet. */
    onAllocation?: (board: SimulatedBoard) => void
    /** Asked between steps: whether to end the run here, as if its time were over. */
    isDone?: () => boolean
    /** Called when the run is over, however it ended, except by the program's death. */
    onEnd?: (board: SimulatedBoard) => void
    /** Hear of every allocation that the report's `gc` counts, one after the other. */
    observers?: readonly AllocationListener[]
    /** As `BoardOptions` has it. */
    onFreed?: (address: number) => void
    /** As `BoardOptions` has it. */
    onPush?: (list: number, elements: number) => void
    /** Called a few times a second of real time. */
    onProgress?: (progress: RunProgress) => void
}

/** A run at a moment. */
export interface RunKeyframe {
    board: Keyframe
    /** How much had come through its door; absent where nobody noted it. */
    place: DoorPlace | undefined
    /** What the run's judgement knew by then. */
    seen: { trend: TrendFinder; witness: RunWitness }
    /** Events from before it that nobody had been told by then. */
    untold: MemoryEvent[]
    /** The report until then; absent where nobody makes one. */
    report?: RunReport
}

/** How far a run is. */
export interface RunProgress {
    /** Simulated milliseconds. */
    nowMs: number
    usedBytes: number
}

export interface RunResult {
    report: SimReport
    /** The heap's blocks at the end, or at the moment of death. */
    blocks: HeapBlock[]
    samples: Sample[]
    /** The report's board time by place in the bytecode: their sum is exact. Empty when not asked for. */
    placeTimes: PlaceTime[]
    /** Bytecode instructions the VM executed. */
    instructions: number
    /** The run was ended by its signal. */
    interrupted: boolean
    /** What grew, whether the report is to have it or not. */
    growing: Leak[]
}

const DEFAULT_SAMPLE_MS = 100
const MAX_SAMPLES = 10_000
const DEFAULT_SEED = 1
/** Events told at once by a run that nobody watches as it happens. */
const BATCH = 256
/** More than the VM's longest pause before it starts a program again: 8 s. */
const RESTART_MS = 10_000
/** By when everybody on a bus has told that he is there, in simulated milliseconds. */
const ANNOUNCED_MS = 2_000

/** The samples' distance when none is asked for. */
export function defaultSampleMs(forMs: number): number {
    return Math.max(DEFAULT_SAMPLE_MS, forMs / MAX_SAMPLES)
}

/**
 * Runs a program on a simulated board and reports its memory. The same options give the same report,
 * byte for byte, `wall` aside.
 * @param sinks get every event; one that wants to wait holds the board back
 * @throws UserError when the program cannot even start on this heap, ProgramError when it corrupts it
 */
export async function run(
    module: WebAssembly.Module,
    options: RunOptions,
    sinks: readonly Sink[] = [],
): Promise<RunResult> {
    const reported = { ...options, asked: askedOf(options) }
    const folded = new RunReport(reported, options.from?.report)
    const batches = simulateInBatches(module, {
        ...options,
        ...(options.keyframes && {
            keyframes: {
                ...options.keyframes,
                take: keyframe => {
                    const report = new RunReport(reported, folded)
                    for (const event of keyframe.untold) report.add(event)
                    options.keyframes!.take({ ...keyframe, report })
                },
            },
        }),
    })
    for (;;) {
        const { done, value } = await batches.next()
        if (done) {
            const { blocks, placeTimes, instructions, interrupted, leaks: growing } = value
            const report = folded.report(value)
            const { samples } = folded
            return { report, blocks, samples, placeTimes, instructions, interrupted, growing }
        }
        await tell(value, folded, sinks)
    }
}

/**
 * Tells a batch of events to everybody. A function of its own: what V8 compiles for the loop is then good for
 * every run, where in `run` it went with what each run ends with, and was made anew.
 */
async function tell(
    batch: readonly MemoryEvent[],
    folded: RunReport,
    sinks: readonly Sink[],
): Promise<void> {
    for (const event of batch) {
        folded.add(event)
        for (const sink of sinks) {
            const wait = sink.add(event)
            if (wait) await wait
        }
    }
}

/** What of its options makes a run what it is. */
function askedOf(options: RunOptions): Asked {
    const { forMs, sampleMs, seed, settleMs, untilText, failText, timeoutMs } = options
    return {
        forMs,
        sampleMs: sampleMs ?? defaultSampleMs(forMs),
        seed: seed ?? DEFAULT_SEED,
        ...(settleMs !== undefined && { settleMs }),
        ...(untilText !== undefined && { untilText }),
        ...(failText !== undefined && { failText }),
        ...(timeoutMs !== undefined && { timeoutMs }),
    }
}

/**
 * Runs a program on a simulated board and tells its events as they are taken: the board stands still
 * while nobody takes them.
 * @returns what came of it, once it is over
 * @throws as `run` does
 */
export async function* simulate(
    module: WebAssembly.Module,
    options: RunOptions,
): AsyncGenerator<MemoryEvent, Findings> {
    const batches = simulateInBatches(module, options)
    try {
        for (;;) {
            const { done, value } = await batches.next()
            if (done) return value
            yield* value
        }
    } finally {
        await batches.return(undefined as never)
    }
}

/** As `simulate`, but all that is new at a time is told at once: to go from event to event takes its time, too. */
async function* simulateInBatches(
    module: WebAssembly.Module,
    options: RunOptions,
): AsyncGenerator<readonly MemoryEvent[], Findings> {
    checkProgramRoom(options.program, options.board)
    let board: SimulatedBoard | undefined
    try {
        return yield* events(module, options, made => (board = made))
    } catch (error) {
        if (!(error instanceof HeapError)) throw error
        throw corruptedHeap(error, board?.nowMs ?? 0, options.program)
    }
}

async function* events(
    module: WebAssembly.Module,
    options: RunOptions,
    onBoard: (board: SimulatedBoard) => void,
): AsyncGenerator<readonly MemoryEvent[], Findings> {
    const { program, forMs, untilText, failText, from } = options
    const sampleMs = options.sampleMs ?? defaultSampleMs(forMs)
    const began = performance.now()
    const exception = new ExceptionLog()
    const trend = from?.seen.trend.fork() ?? new TrendFinder()
    const witness = from?.seen.witness.fork() ?? new RunWitness()
    let player: ScenarioPlayer | undefined
    let text: "expected-text" | "failed-text" | undefined
    const sourceMap = SourceMap.of(program.debug)
    const frames = new SourceFrames(sourceMap, program.sourceFolder)
    let news: MemoryEvent[] = []
    const takeNews = () => {
        const taken = news
        news = []
        return taken
    }

    let structures: StructureFigures[] = []
    const lookForStructures = ({ graph }: WholeObservation) => {
        if (graph && hasStructures(program.debug)) structures = structuresIn(graph)
    }
    const onEvent = (event: MemoryEvent, board: SimulatedBoard) => {
        if (event.kind === "panic" && board.death) {
            const stack = frames.stack(board.death.programCounters, exception.frames)
            if (stack.length > 0) event = { ...event, stack }
        }
        news.push(event)
        if (event.kind === "log") {
            exception.add(event)
            player?.heard(event.text)
            if (failText !== undefined && event.text.includes(failText)) text ??= "failed-text"
            else if (untilText !== undefined && event.text.includes(untilText))
                text ??= "expected-text"
        } else if (event.kind === "gc" && event.liveBytes > 0) {
            // The VM's first collection finds a heap with nothing on it yet.
            trend.add(event.atMs, event.liveBytes)
            witness.collected(event.liveBytes)
        } else if (event.kind === "panic") {
            const whole = wholeObservationOf(board, program)
            witness.observeDeath(whole)
            lookForStructures(whole)
        }
        options.onEvent?.(event, board)
    }

    const seed = options.seed ?? DEFAULT_SEED
    const world = options.makeWorld?.(seed, program)
    const { timeTravel } = options
    const door = timeTravel ? timeTravel.listen(world?.door ?? emptyWorld(seed)) : world?.door
    const made = {
        ...(sourceMap && { isLibrary: sourceMap.libraryCode() }),
        heapBytes: options.board.heapBytes,
        ...(options.board.configuration && { configuration: options.board.configuration }),
        ...(options.board.features && { features: options.board.features }),
        seed,
    }
    const board = new SimulatedBoard(module, {
        ...made,
        ...(options.keepsPeak && { keepsPeak: true }),
        ...(options.onPeak && { onPeak: options.onPeak }),
        ...(door && { door }),
        ...(from && { from: from.board }),
        onEvent,
        ...(options.onFreed && { onFreed: options.onFreed }),
        ...(options.onPush && { onPush: options.onPush }),
        observers: [
            (_words, _ctx, _tag, bytes) => witness.allocated(bytes, board.nowMs),
            ...(options.observers ?? []),
            ...(options.onAllocation ? [() => options.onAllocation!(board)] : []),
        ],
    })
    onBoard(board)
    options.onBoard?.(board)
    if (!from) board.load(program.bytecode, program.settings)
    else if (from.place) world?.goTo?.(from.place)
    timeTravel?.begin(board, { module, options: made })

    if (options.scenario && world?.control)
        player = new ScenarioPlayer(options.scenario, board, world, options.onSnapshotStep)
    const map = new HeapMapDiffer()
    const displays = options.displays && world ? new ShownTeller(world) : undefined
    const controls = options.controls && world ? new ControlsTeller(world) : undefined
    const schedule = new Schedule(board, from ? board.nowMs : 0)
    /** What was last told of the heap. */
    let sampled = { atMs: 0, allocations: 0 }
    const sample = (atMs: number) => {
        sampled = { atMs, allocations: board.tracker.allocations }
        onEvent(sampleEvent(board.sample(atMs)), board)
        if (options.heapMap) news.push(map.diff(atMs, board.blocks()))
        const shown = displays?.news(atMs)
        if (shown) news.push(shown)
        const changed = controls?.news(atMs)
        if (changed) news.push(changed)
    }
    schedule.every(sampleMs, sample)
    const soonMs = (options.soonMs ?? Infinity) * (options.speed ?? Infinity)
    const sampleSoon = () => {
        const { nowMs, tracker } = board
        if (tracker.allocations === sampled.allocations || nowMs - sampled.atMs < soonMs) return
        // At a whole millisecond, by when it was so.
        if (tracker.heap && !board.isOver) sample(Math.ceil(nowMs))
    }
    // The trend has its own distance: asking for other samples must not change the verdict.
    schedule.every(defaultSampleMs(forMs), atMs => {
        if (board.tracker.started) trend.add(atMs, board.tracker.liveBytes())
    })
    schedule.whenever(
        () => witness.nextSamplingMs,
        () => witness.observe(observationOf(board, program)),
    )
    const judgeNow = (
        now: Pick<RunFacts, "outcome" | "heap" | "seen" | "ranMs" | "waitingFor" | "scenario">,
    ) =>
        judge({
            ...{ program, board: options.board, untilText, forMs, ...now },
            isInterrupted: options.signal?.aborted ?? false,
            stack: board.work.stack,
            boardMs: board.work.time.ms,
            trend: trend.trend(),
            firstLiveBytes: trend.firstLiveBytes,
            restarts: board.tracker.starts - 1,
            ...ofWorld(world?.report()),
            missingSettings: board.missingSettings(),
            ...(now.outcome.kind === "running" &&
                (world?.report().madeUp.length ?? 0) > 0 && {
                    idleHandlers: idleHandlers(program, board.work),
                }),
            sourceOf: file => sourceOf(program, file),
        })
    if (options.judgeMs !== undefined)
        schedule.every(options.judgeMs, atMs => {
            if (!board.tracker.heap) return
            const heap = board.tracker.figures()
            witness.show(wholeObservationOf(board, program))
            const seen = witness.tell(pc => frames.at(pc), heap.capacityBytes, false)
            const facts = { outcome: { kind: "running" }, heap, seen, ranMs: atMs } as const
            const judgement = judgeNow({ ...facts, waitingFor: board.unboundRoles() })
            onEvent({ kind: "judgement", atMs, judgement }, board)
        })
    const moments = (options.moments ?? [])[Symbol.iterator]()
    let nextMomentMs = moments.next().value ?? Infinity
    const visitMoment = () => {
        options.onMoment?.(board, nextMomentMs)
        nextMomentMs = moments.next().value ?? Infinity
    }
    schedule.whenever(() => nextMomentMs, visitMoment)
    let isKeyframeDue = false
    if (options.keyframes) schedule.every(options.keyframes.everyMs, () => (isKeyframeDue = true))
    const afterStep = () => {
        timeTravel?.afterStep()
        sampleSoon()
        if (!isKeyframeDue || board.isOver) return
        isKeyframeDue = false
        const seen = { trend: trend.fork(), witness: witness.fork() }
        const place = world?.place?.()
        options.keyframes?.take({ board: board.keyframe(), place, seen, untold: [...news] })
    }

    // Of a quiet board, a call after each step is a part of all that there is to do.
    const isStepped = timeTravel || options.keyframes || soonMs !== Infinity
    let timedOut = false
    let alive = true
    let untilMs = forMs
    const isDone = () => text !== undefined || (options.isDone?.() ?? false)
    for (;;) {
        const pacing = pace(board, untilMs, {
            ...(options.speed !== undefined && { speed: options.speed }),
            ...(isStepped && { afterStep }),
            isDone,
            hasNews: () => news.length >= (options.speed === undefined ? BATCH : 1),
        })
        for (;;) {
            const { done, value } = await pacing.next()
            if (board.tracker.heap && options.isCaptureDue?.())
                news.push({ kind: "figures", atMs: board.nowMs, heap: board.tracker.figures() })
            options.onPause?.(board)
            for (const action of options.hands?.() ?? []) {
                const text = world && actByHand(world, action)
                if (text !== undefined)
                    news.push({ kind: "log", atMs: board.nowMs, level: "runtime", text })
            }
            if (news.length > 0) yield takeNews()
            if (done) {
                alive = value
                break
            }
            options.onProgress?.({ nowMs: board.nowMs, usedBytes: board.tracker.usedBytes })
            if (options.signal?.aborted) break
            timedOut =
                options.timeoutMs !== undefined && performance.now() - began >= options.timeoutMs
            if (timedOut) break
        }
        const isOver = !alive || board.isOver || isDone() || timedOut || options.signal?.aborted
        if (isOver || untilMs >= (options.settleMs ?? 0) || !witness.isGrowing) break
        untilMs = Math.min(2 * untilMs, options.settleMs!)
    }
    alive &&= !board.isOver
    schedule.end()

    // A program that restarts itself has no heap for a moment: the report is of the one it gets.
    const ranMs = Math.floor(board.nowMs)
    if (!alive && !board.death) await letRolesCome(board)
    const hasHeap = () => board.death !== undefined || board.tracker.heap !== undefined
    board.runUntil(board.nowMs + RESTART_MS, hasHeap)

    // Of a program that has come to its end nothing changes any more.
    if (!alive && !board.death) while (nextMomentMs <= forMs) visitMoment()
    if (!board.death) {
        const freeList = board.freeList()
        witness.observe(observationOf(board, program))
        const whole = wholeObservationOf(board, program)
        witness.show({ ...whole, freeList })
        lookForStructures(whole)
        options.onEnd?.(board)
    }

    board.checkProperties()
    const { death } = board
    const endMs = Math.min(alive ? Math.floor(board.nowMs) : ranMs, untilMs)
    // Who looks on sees what is left, of a program that was over before its first sample, too.
    const hasMore = board.tracker.allocations !== sampled.allocations
    if (options.soonMs !== undefined && !death && hasMore) sample(Math.max(sampled.atMs, endMs))
    const outcome = death
        ? outcomeOfDeath(death, exception, frames)
        : outcomeOfLife(endMs, text, timedOut, alive)
    const heap = death?.heap ?? board.tracker.figures()
    const seen = witness.tell(pc => frames.at(pc), heap.capacityBytes, death !== undefined)
    const scenario = player?.report(death !== undefined)
    const judgement = judgeNow({
        ...{ outcome, heap, seen, ranMs: outcome.atMs ?? endMs, scenario },
        waitingFor: death ? [] : board.unboundRoles(),
    })
    const worldReport = world?.report()
    const told = { ...outcome, ...deathInWords(judgement, outcome, heap) }
    const gc = death?.gc ?? board.tracker.gcFigures()
    const atMs = death?.atMs ?? endMs
    news.push({ kind: "end", atMs, outcome: endOf(told), heap, gc })
    news.push({ kind: "judgement", atMs, judgement })
    yield takeNews()
    return {
        ...{ outcome: told, judgement, heap, gc },
        ...{ boardTime: board.work.time, stack: board.work.stack },
        placeTimes: options.placeTimes ? [...board.work.places()] : [],
        trend: trend.trend(),
        leaks: seen.leaks.length > 0 ? seen.leaks : seen.leaksOfLives,
        ...(structures.length > 0 && { structures }),
        ...(worldReport && { world: worldReport }),
        ...(scenario && { scenario }),
        blocks: death?.blocks ?? board.blocks(),
        instructions: board.instructions,
        interrupted: options.signal?.aborted ?? false,
        wallMs: Math.round(performance.now() - began),
    }
}

/** Who plays the roles of a program that has ended is found all the same, as on a board that stays on. */
async function letRolesCome(board: SimulatedBoard): Promise<void> {
    const untilMs = board.nowMs + ANNOUNCED_MS
    while (board.nowMs < untilMs && board.unboundRoles().length > 0) {
        board.step(untilMs)
        await board.settling()
    }
}

/** What of the world says how far to trust a run. */
function ofWorld(world: WorldReport | undefined) {
    return {
        isMadeUp: (world?.madeUp.length ?? 0) > 0,
        isOnRealNetwork: world?.network === "real" && (world.hosts ?? []).length > 0,
        unanswered: unansweredOf(world),
        madeUpHosts: (world?.hosts ?? [])
            .filter(({ answeredBy, answers }) => answeredBy === "made-up server" && answers > 0)
            .map(({ url }) => url),
    }
}

/** What nobody answered beside the services that the program waits for. */
function unansweredOf(world: WorldReport | undefined): string[] {
    const roles = new Set(world?.roles?.map(({ name }) => name))
    return (world?.unanswered ?? []).filter(name => !roles.has(name))
}

/** Of an outcome what its event tells: the rest, the events before it have told. */
function endOf({ kind, panicCode, panicName, verdict, message, heldAt }: Outcome): RunEnd {
    return {
        kind,
        ...(panicCode !== undefined && { panicCode }),
        ...(panicName !== undefined && { panicName }),
        ...(verdict !== undefined && { verdict }),
        ...(message !== undefined && { message }),
        ...(heldAt && { heldAt }),
    }
}

/** Looks at a board whenever their time has come, for as long as its program can do anything. */
class Schedule {
    private readonly ends: (() => void)[] = []

    /** @param toldMs simulated milliseconds whose times are not rung any more; starting takes time, too */
    constructor(
        private readonly board: SimulatedBoard,
        private readonly toldMs: number,
    ) {}

    /** At every multiple of a distance, told as `atMs`. */
    every(distanceMs: number, act: (atMs: number) => void): void {
        const { board, ends } = this
        let count = Math.floor(this.toldMs / distanceMs)
        const ring = () => {
            if (!board.isOver) act(++count * distanceMs)
        }
        const alarm = board.clock.every(distanceMs * 1000, ring, "after", count * distanceMs * 1000)
        ends.push(() => alarm.cancel())
    }

    /** At a time that is asked for anew after each look; `Infinity` is never. */
    whenever(nextMs: () => number, act: () => void): void {
        const { board, ends } = this
        let alarm: Alarm | undefined
        const set = () => {
            const atMs = nextMs()
            alarm = atMs < Infinity ? board.clock.at(microseconds(atMs), ring, "after") : undefined
        }
        const ring = () => {
            if (board.isOver) return
            act()
            set()
        }
        set()
        ends.push(() => alarm?.cancel())
    }

    end(): void {
        for (const end of this.ends) end()
    }
}

/** What there is to see of a board now. */
function observationOf(board: SimulatedBoard, { debug }: Program): Observation {
    const { liveBytes, largestHoleBytes, outline } = board.look()
    const { nowMs, tracker, instructions } = board
    // Each by its name: to spread objects takes as long as the rest of a look.
    return {
        atMs: nowMs,
        liveBytes,
        largestHoleBytes,
        outline: outline && (() => outline(debug)),
        gc: tracker.gcFigures(),
        largestRequestBytes: tracker.takeLargestRequest(),
        instructions,
        starts: tracker.starts,
    }
}

/** The same with all that a look at the end takes; it may also be one before the end. */
function wholeObservationOf(board: SimulatedBoard, { debug }: Program): WholeObservation {
    const { outline: _, ...look } = board.look()
    const [graph, blocks] = [board.graph(debug), board.blocks()]
    return { ...look, ...figuresOf(board), graph, blocks }
}

function figuresOf({ nowMs, tracker, instructions }: SimulatedBoard) {
    return { atMs: nowMs, instructions, starts: tracker.starts, gc: tracker.gcFigures() }
}

/** The text of a file of the program, as frames name it. */
export function sourceOf({ debug, sourceFolder }: Program, file: string): string | undefined {
    return debug?.sources.find(({ path }) => joinPath(sourceFolder, path) === file)?.text
}

function outcomeOfLife(
    atMs: number,
    text: Outcome["kind"] | undefined,
    timedOut: boolean,
    alive: boolean,
): Outcome {
    if (text) return { kind: text, atMs }
    if (timedOut) return { kind: "timed-out", atMs }
    return alive ? { kind: "running" } : { kind: "finished", atMs }
}
