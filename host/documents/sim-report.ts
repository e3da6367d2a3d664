import type { BoardTime } from "../model/board-time"
import type { StructureFigures } from "../model/events"
import type {
    GcFigures,
    HeapFigures,
    LogLine,
    Sample,
    StackFrame,
    StackUse,
    Trend,
} from "../model/figures"
import type { Advice } from "./advice"
import type { AimReport } from "./aim"
import type { Judgement } from "./judgement"
import type { Leak } from "./leak"
import type { ScenarioReport } from "./scenario/scenario"
import type { WorldReport } from "./world-report"

export type {
    BoardTime,
    StackUse,
    GcFigures,
    HeapFigures,
    LogLine,
    Sample,
    StackFrame,
    Trend,
    Leak,
    Judgement,
}

/**
 * The report of one simulated run, schema `heapscope/sim-report@1`: what `heapscope sim --json`
 * prints. Bytes are exact. Times are simulated milliseconds unless the field says wall.
 * The same run twice gives the same document, `wall` aside.
 */
export interface SimReport {
    schema: typeof SIM_REPORT_SCHEMA
    /** Who made the document. */
    heapscope: { version: string }
    program: { entry: string; bytecodeBytes: number }
    /** `heapBytes` is the heap's nominal size; `heap.capacityBytes` is what blocks can use of it. */
    board: { id: string; chip: string; heapBytes: number }
    vm: { version: string }
    /** What was asked for: the same of the same program gives the same report. */
    asked: Asked
    simulated: { ms: number }
    /**
     * Real time the run took. The only part that differs between two runs of the same program. `kept`: this
     * is the report of an earlier run, since when nothing has changed, and that one took so long.
     */
    wall: { ms: number; kept?: true }
    outcome: Outcome
    /** What it comes to, in plain words, and what to run next. */
    judgement: Judgement
    heap: HeapFigures
    gc: GcFigures
    /** What the program takes of the board's processor. */
    boardTime: BoardTime
    /** How near it came to the VM's limits of calls and of instructions without waiting. */
    stack: StackUse
    trend: Trend
    /** Present when asked for (`--leaks`), empty when none was found. */
    leaks?: Leak[]
    /** Present when asked for (`--advice`), what saves most first; with an aim, the simplest first. */
    advice?: Advice[]
    /** Present when an aim was named: what was to be reached, and whether the advice does. */
    aim?: AimReport
    /**
     * The structures of the library that its variables lead to at the end, by their names, with what caches,
     * interners and pools have been worth; absent where there is none.
     */
    structures?: StructureFigures[]
    /** What the board was connected to; absent when that was nothing. */
    world?: WorldReport
    /** How its scenario went; absent when it had none. */
    scenario?: ScenarioReport
    /** Present when asked for (`--samples`). */
    samples?: Sample[]
    log: LogLine[]
    /** Lines left out of `log` after its first 1,000, when there were more than 10,000. */
    logOmittedLines?: number
}

export const SIM_REPORT_SCHEMA = "heapscope/sim-report@1"

/** How a run was to be. Times are simulated milliseconds, but for `timeoutMs`. */
export interface Asked {
    forMs: number
    sampleMs: number
    /** Of all randomness. */
    seed: number
    /** Up to this time what still grew was to be followed. */
    settleMs?: number
    untilText?: string
    failText?: string
    /** Real time. */
    timeoutMs?: number
}

/** How the run ended. */
export interface Outcome {
    kind: "running" | "finished" | "panicked" | "expected-text" | "failed-text" | "timed-out"
    /** The VM's panic code, 60000 and up (`DEVS_PANIC_*` in `devicescript.h`). */
    panicCode?: number
    panicName?: PanicName
    /** When it ended, if not at the end of the simulated time. */
    atMs?: number
    /** Out of memory only: size of the request that failed, header included. */
    requestedBytes?: number
    verdict?: Verdict
    /** One to three plain sentences: what happened and what it means. */
    message?: string
    /** Innermost frame first. */
    stack?: StackFrame[]
    /** Out of memory only: the line of the program whose allocations held the most live bytes. */
    heldAt?: HeldAt
}

/** A place in the program, and what its allocations still hold. */
export interface HeldAt extends StackFrame {
    liveBytes: number
    blocks: number
}

export type PanicName =
    | "out-of-memory"
    | "stack-overflow"
    | "unhandled-exception"
    | "endless-loop"
    | "bad-program"
    | "program-panic"
    | "firmware-fault"

/**
 * Why a program died. The first four are ways to run out of memory:
 * `leak`: live bytes rose steadily over time and never came down;
 * `growth`: live data grew past the heap without having run long enough to call it a leak;
 * `fragmentation`: enough free bytes, but no free block large enough;
 * `big-request`: one request that could not fit beside what the program needs anyway.
 */
export type Verdict =
    | "leak"
    | "growth"
    | "fragmentation"
    | "big-request"
    | Exclude<PanicName, "out-of-memory">

/** Simulated milliseconds from the start to the end of the run, wherever it ended. */
export function ranMs(run: Pick<SimReport, "outcome" | "simulated">): number {
    return run.outcome.atMs ?? run.simulated.ms
}
