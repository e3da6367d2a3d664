import { setTimeout as sleep } from "node:timers/promises"
import type { Board } from "../boards/board"
import type { HeapBlock } from "../model/heap/block"
import type { MemoryEvent } from "../model/events"
import { HeapError } from "../model/heap/heap-memory"
import { TrendFinder } from "../analysis/trend"
import { LeakFinder } from "../analysis/leaks/leak-finder"
import { LogStore } from "../model/log-store"
import {
    SIM_REPORT_SCHEMA,
    type Outcome,
    type Sample,
    type SimReport,
} from "../documents/sim-report"
import type { Program } from "../compiler/node/build"
import { corruptedHeap } from "./corrupted-heap"
import { ExceptionLog } from "../model/program/exception-log"
import { outcomeOfDeath } from "./outcome"
import { FrameFinder } from "../model/program/source-frames"
import { SourceMap } from "../model/program/source-map"
import type { Door } from "./door"
import { SimulatedBoard, type AllocationListener } from "./simulated-board"
import { CLI_VERSION } from "../compiler/node/cli-package"

export interface RunOptions {
    program: Program
    board: Pick<Board, "id" | "chip" | "heapBytes">
    /** Simulated time to run, in milliseconds. */
    forMs: number
    /** Simulated milliseconds between samples. Default: 100, or a ten-thousandth of a longer run. */
    sampleMs?: number
    /** Seed of all randomness on the board, a 32-bit number. */
    seed?: number
    /** What the board is connected to, made for this run. Default: nothing. */
    door?: Door
    /** Ends the run as soon as a log line holds this text. */
    untilText?: string
    /** Ends the run as failed as soon as a log line holds this text. */
    failText?: string
    /** Ends the run when it has taken this much real time, in milliseconds. */
    timeoutMs?: number
    /** Lets simulated time pass no faster than real time. */
    realtime?: boolean
    /** Looks for leaks: the report then has `leaks`. Changes nothing else of it. */
    leaks?: boolean
    /** Ends the run early; the report is of what has run. */
    signal?: AbortSignal
    /** Gets every event as it comes, and the board, to look at: it is called from inside the VM. */
    onEvent?: (event: MemoryEvent, board: SimulatedBoard) => void
    /** Simulated milliseconds, ascending, at which `onLook` is to be called; read as time comes to them. */
    looks?: Iterable<number>
    /**
     * Called between steps at each of `looks` until `forMs`, also when the program has ended by then and
     * nothing changes any more, but not once it has died: `board` may be looked at.
     */
    onLook?: (board: SimulatedBoard, atMs: number) => void
    /** Called when the run is over, however it ended, except by the program's death. */
    onEnd?: (board: SimulatedBoard) => void
    /** Hears of every allocation that the report's `gc` counts. */
    onAllocated?: AllocationListener
    /** Called a few times a second of real time, between steps: `board` may be looked at. */
    onProgress?: (board: SimulatedBoard) => void
}

export interface RunResult {
    report: SimReport
    /** The heap's blocks at the end, or at the moment of death. */
    blocks: HeapBlock[]
    samples: Sample[]
    /** Bytecode instructions the VM executed. */
    instructions: number
    /** The run was ended by its signal. */
    interrupted: boolean
}

const DEFAULT_SAMPLE_MS = 100
const MAX_SAMPLES = 10_000
const DEFAULT_SEED = 1
/** Real milliseconds between two looks at signals, timeouts and progress. */
const BREATH_MS = 40
/** More steps than the VM's longest pause before it starts a program again: 8 s of 10 ms. */
const RESTART_STEPS = 1000

/** The samples' distance when none is asked for. */
export function defaultSampleMs(forMs: number): number {
    return Math.max(DEFAULT_SAMPLE_MS, forMs / MAX_SAMPLES)
}

/**
 * Runs a program on a simulated board and reports its memory. The same options give the same report,
 * byte for byte, `wall` aside.
 * @throws UserError when the program cannot even start on this heap, ProgramError when it corrupts it
 */
export async function run(module: WebAssembly.Module, options: RunOptions): Promise<RunResult> {
    let board: SimulatedBoard | undefined
    try {
        return await simulate(module, options, made => (board = made))
    } catch (error) {
        if (!(error instanceof HeapError)) throw error
        throw corruptedHeap(error, board?.nowMs ?? 0, options.program)
    }
}

async function simulate(
    module: WebAssembly.Module,
    options: RunOptions,
    onBoard: (board: SimulatedBoard) => void,
): Promise<RunResult> {
    const { program, forMs, untilText, failText } = options
    const sampleMs = options.sampleMs ?? defaultSampleMs(forMs)
    const began = performance.now()
    const log = new LogStore()
    const exception = new ExceptionLog()
    const trend = new TrendFinder()
    const leakFinder = options.leaks ? new LeakFinder() : undefined
    const samples: Sample[] = []
    let text: "expected-text" | "failed-text" | undefined

    const onEvent = (event: MemoryEvent, board: SimulatedBoard) => {
        if (event.kind === "log") {
            const { kind: _, ...line } = event
            log.add(line)
            exception.add(line)
            if (failText !== undefined && line.text.includes(failText)) text ??= "failed-text"
            else if (untilText !== undefined && line.text.includes(untilText))
                text ??= "expected-text"
        } else if (event.kind === "gc" && event.liveBytes > 0)
            // The VM's first collection finds a heap with nothing on it yet.
            trend.add(event.atMs, event.liveBytes)
        options.onEvent?.(event, board)
    }

    const sourceMap = program.debug && new SourceMap(program.debug)
    const board = new SimulatedBoard(module, {
        ...(sourceMap && { isLibrary: sourceMap.libraryCode() }),
        heapBytes: options.board.heapBytes,
        seed: options.seed ?? DEFAULT_SEED,
        ...(options.door && { door: options.door }),
        onEvent,
        ...(options.onAllocated && { onAllocated: options.onAllocated }),
    })
    onBoard(board)
    board.load(program.bytecode, program.settings)

    let timedOut = false
    let alive = true
    let nextSampleMs = sampleMs
    // The trend has its own distance: asking for other samples must not change the verdict.
    const probeMs = defaultSampleMs(forMs)
    let nextProbeMs = probeMs
    const looks = (options.looks ?? [])[Symbol.iterator]()
    let ownLookMs = looks.next().value ?? Infinity
    const lookUntil = (atMs: number) => {
        for (; ownLookMs <= atMs; ownLookMs = looks.next().value ?? Infinity)
            options.onLook?.(board, ownLookMs)
    }
    let lastBreath = began
    while (alive && text === undefined && board.nowMs < forMs) {
        const settling = board.settling()
        if (settling) await settling
        const nextLookMs = leakFinder?.nextLookMs ?? Infinity
        alive = board.step(Math.min(nextSampleMs, nextProbeMs, nextLookMs, ownLookMs, forMs))
        if (alive && board.nowMs >= nextSampleMs) {
            const sample = board.sample(nextSampleMs)
            samples.push(sample)
            onEvent({ kind: "sample", ...sample }, board)
            nextSampleMs = (samples.length + 1) * sampleMs
        }
        if (alive && board.nowMs >= nextProbeMs) {
            if (board.tracker.started) trend.add(nextProbeMs, board.tracker.liveBytes())
            nextProbeMs += probeMs
        }
        if (alive && board.nowMs >= nextLookMs)
            leakFinder?.look(board.nowMs, board.graph(program.debug))
        if (alive) lookUntil(board.nowMs)
        const now = performance.now()
        if (options.realtime && began + board.nowMs > now)
            await sleep(began + board.nowMs - now, undefined, { ref: true })
        else if (now - lastBreath < BREATH_MS) continue
        else await new Promise(setImmediate)
        if (performance.now() - lastBreath >= BREATH_MS) {
            lastBreath = performance.now()
            options.onProgress?.(board)
        }
        if (options.signal?.aborted) break
        timedOut = options.timeoutMs !== undefined && performance.now() - began >= options.timeoutMs
        if (timedOut) break
    }

    // A program that restarts itself has no heap for a moment: the report is of the one it gets.
    for (let extra = 0; !board.death && !board.tracker.heap && extra < RESTART_STEPS; extra++)
        board.step(Infinity)

    if (!alive && !board.death) lookUntil(forMs)
    if (!board.death) options.onEnd?.(board)

    const { death } = board
    const frames = new FrameFinder(sourceMap, program.sourceFolder)
    const endMs = Math.min(Math.floor(board.nowMs), forMs)
    const outcome = death
        ? outcomeOfDeath(death, exception, trend, frames)
        : outcomeOfLife(endMs, text, timedOut, alive)
    const report: SimReport = {
        schema: SIM_REPORT_SCHEMA,
        program: { entry: program.entry, bytecodeBytes: program.bytecode.length },
        board: {
            id: options.board.id,
            chip: options.board.chip,
            heapBytes: options.board.heapBytes,
        },
        vm: { version: CLI_VERSION },
        simulated: { ms: death?.atMs ?? endMs },
        wall: { ms: Math.round(performance.now() - began) },
        outcome,
        heap: death?.heap ?? board.tracker.figures(),
        gc: death?.gc ?? board.tracker.gcFigures(),
        trend: trend.trend(),
        ...(leakFinder && { leaks: leakFinder.leaks(pc => frames.at(pc)) }),
        samples,
        log: log.lines(),
        ...(log.omitted > 0 && { logOmittedLines: log.omitted }),
    }
    return {
        report,
        blocks: death?.blocks ?? board.blocks(),
        samples,
        instructions: board.instructions,
        interrupted: options.signal?.aborted ?? false,
    }
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
