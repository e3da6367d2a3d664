import { createHash } from "node:crypto"
import { liveParts } from "../../analysis/budgets/heap-parts"
import type { WorstMoment } from "../../documents/boards/fit-report"
import { ranMs, type SimReport } from "../../documents/sim-report"
import type { GcFigures } from "../../model/figures"
import { SourceFrames } from "../../model/program/source-frames"
import { SourceMap } from "../../model/program/source-map"
import type { Program } from "../../model/program/program"
import { run, type RunOptions } from "../../simulator/run"
import type { SimulatedBoard } from "../../simulator/simulated-board"

/** What a run is asked for that is to tell whether a program fits. */
export interface FitRunOptions extends Omit<RunOptions, "leaks" | "keepsPeak" | "moments"> {
    /** Simulated milliseconds after which what the program did is to be told apart from what other boards see. */
    checkMs: number
    /** It is over then. */
    endsAtCheck?: boolean
    /** Tells which functions never ran: costs time. */
    names?: boolean
}

/** What a program does between two moments, as far as boards may differ in it. */
export interface RunSignature {
    /** From the first moment on. */
    allocations: number
    allocatedBytes: number
    /** Of its whole log, in hexadecimal. */
    logHash: string
    /** The most that was live until the second. */
    mostLiveBytes: number
}

/** What a run tells of how well a program fits. */
export interface FitRun {
    report: Pick<SimReport, "outcome" | "judgement" | "heap" | "stack" | "world">
    /** Simulated milliseconds that it ran. */
    ranMs: number
    /** Undefined where the program did not come so far. */
    atCheck: RunSignature | undefined
    /** When most was live, and the line that had most of it. */
    worst: WorstMoment | undefined
    /** Functions of the program that never ran; undefined where that was not asked for, or has no names. */
    neverRan: string[] | undefined
}

const OF_VM = /^(?:built-in|table of|runtime)/
/** By when a program has started: boards differ in what their pins take until then. Simulated milliseconds. */
const STARTED_MS = 1000

/** Runs a program for what it takes at its worst. @throws as `run` does */
export async function fitRun(
    module: WebAssembly.Module,
    { checkMs, endsAtCheck, names, ...options }: FitRunOptions,
): Promise<FitRun & { interrupted: boolean }> {
    const { program } = options
    const forMs = endsAtCheck ? Math.min(checkMs, options.forMs) : options.forMs
    let board: SimulatedBoard | undefined
    let worstAtMs = 0
    let worst: WorstMoment | undefined
    let started: GcFigures | undefined
    let atCheck: RunSignature | undefined
    const log = createHash("sha256")
    const look = (of: SimulatedBoard) => {
        worst = worstMoment(of, program, worstAtMs)
    }
    const result = await run(module, {
        ...options,
        forMs,
        keepsPeak: true,
        onPeak: () => (worstAtMs = board?.nowMs ?? 0),
        ...(names && { placeTimes: true }),
        moments: [STARTED_MS, checkMs],
        onMoment: ({ tracker }) => {
            const gc = tracker.gcFigures()
            if (!started) started = gc
            else
                atCheck = {
                    allocations: gc.allocations - started.allocations,
                    allocatedBytes: gc.allocatedBytes - started.allocatedBytes,
                    logHash: log.copy().digest("hex"),
                    mostLiveBytes: tracker.highWaterLiveBytes,
                }
        },
        onEnd: look,
        onEvent: (event, of) => {
            board = of
            if (event.kind === "log" && event.level !== "runtime") log.update(`${event.text}\n`)
            if (event.kind === "panic" && of.death) look(of)
        },
    })
    const { outcome, judgement, heap, stack, world } = result.report
    return {
        report: { outcome, judgement, heap, stack, ...(world && { world }) },
        ranMs: ranMs(result.report),
        ...{ atCheck, worst },
        neverRan: names ? functionsWithout(result.placeTimes, program) : undefined,
        interrupted: result.interrupted,
    }
}

function worstMoment(
    board: SimulatedBoard,
    { debug, sourceFolder }: Program,
    atMs: number,
): WorstMoment | undefined {
    const peak = board.peak(debug)
    if (!peak) return undefined
    const frames = new SourceFrames(SourceMap.of(debug), sourceFolder)
    const made = peak.made ? [{ ...peak.made, what: "block just made" }] : []
    const parts = liveParts(peak.graph, pc => frames.at(pc), made)
    // What is of no line is the board's own, and built-in objects and tables are the VM's.
    const own = parts.filter(({ line, what }) => line !== undefined && !OF_VM.test(what))
    const most = (own.length > 0 ? own : parts).reduce((a, b) => (b.value > a.value ? b : a))
    const { file, line, what, heldBy, value } = most
    return {
        ...{ atMs, what, bytes: value },
        ...(file !== undefined && line !== undefined && { file, line }),
        ...(most.function !== undefined && { function: most.function }),
        ...(heldBy !== undefined && { heldBy }),
    }
}

/** Names of the program's own functions that took no time. */
function functionsWithout(
    times: readonly { pc: number }[],
    { debug }: Program,
): string[] | undefined {
    const map = SourceMap.of(debug)
    if (!debug || !map) return undefined
    const ran = new Set(times.map(({ pc }) => map.functionAt(pc)))
    return debug.functions
        .filter(one => one.location !== undefined && !ran.has(one) && !map.isLibrary(one.startpc))
        .map(({ name }) => name)
}
