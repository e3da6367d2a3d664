import type { GcFigures, HeapFigures, LogLine, Sample, StackFrame } from "./figures"
import type { WorldControlled } from "./controls"
import type { BlockType } from "./heap/block"
import type { Judgement } from "./judgement"
import type { ToldShown } from "./shown"
import type { TimeToDeath } from "./time-to-death"

/**
 * What a source (a simulated board, a real one, a recording) tells, in order of time. Times are the
 * source's own milliseconds; a sink never knows which source it has.
 */
export type MemoryEvent =
    | SampleEvent
    | ({ kind: "log" } & LogLine)
    /** A collection ended and left this much: exactly the live bytes of that moment. */
    | { kind: "gc"; atMs: number; liveBytes: number }
    | PanicEvent
    /** The figures of the structures that the program's agent reports, all or some of them. */
    | { kind: "structures"; atMs: number; structures: StructureFigures[] }
    /** The whole heap, exactly, because somebody asked. */
    | { kind: "figures"; atMs: number; heap: HeapFigures }
    /** What the heap's blocks have become since the last event of this kind. */
    | HeapMapEvent
    /** How the source reaches its board, told at every change. */
    | { kind: "link"; atMs: number; phase: LinkPhase; message: string }
    | LastReportEvent
    /** Which program the board has: the SHA-256 of its bytecode, in hex. Told whenever a real board was asked. */
    | { kind: "program"; atMs: number; sha256: string }
    /** Somebody wants to find this moment again. */
    | { kind: "mark"; atMs: number; text: string }
    /** What the run comes to so far, from whoever knows the program; the last one is of the whole run. */
    | JudgementEvent
    /** What displays and strips of LEDs show, whenever that has changed. */
    | DisplaysEvent
    /** What of a simulated board's world can be pressed, turned and set, whenever that has changed. */
    | ControlsEvent
    /** What a service on a real board's bus said, whenever that is another thing than before. */
    | ServiceEvent
    /** What was saved of a program that is edited does not compile, or does so again. */
    | BuildEvent
    /** The source has told all. */
    | EndEvent

/** The program died. What else is known of it, a simulated board tells; a real one its code alone. */
export interface PanicEvent {
    kind: "panic"
    atMs: number
    code: number
    /** Innermost frame first. */
    stack?: StackFrame[]
    /** The heap at that moment. */
    heap?: HeapFigures
    /** Size of the request that found no block, when that is why; header included. */
    requestedBytes?: number
}

/** What the agent kept of the run before this one, told once the board has begun anew. */
export interface LastReportEvent {
    kind: "last-report"
    atMs: number
    /** Which run of the board that was, from 1: those that hardly began are not counted. */
    run?: number
    /** Its own milliseconds at the last report that was kept: it died at most half as much later. */
    uptimeMs?: number
    /** How far up the heap was filled then: below that all is in use but holes too small for a probe. */
    filledBytes?: number
    /** What the exception said that it died of. */
    exception?: string
}

/** One block of the heap map: where it ends, the next one begins. */
export interface MapBlock {
    /** Whole size in bytes, the 4-byte header included. */
    bytes: number
    type: BlockType
    /** A collection would leave it. */
    live: boolean
}

/**
 * The heap by address, as a difference: in each of these places the blocks are new, everywhere else they
 * are as they were. Places are bytes from the heap's first block and hold whole blocks.
 */
export interface HeapMapEvent {
    kind: "heap-map"
    atMs: number
    /** Bytes usable by blocks: where the last block ends. */
    capacityBytes: number
    /** The whole map, not a difference: the first one, and that of a heap that began anew. */
    whole: boolean
    changes: { start: number; blocks: MapBlock[] }[]
}

export interface JudgementEvent {
    kind: "judgement"
    atMs: number
    judgement: Judgement
}

export interface DisplaysEvent {
    kind: "displays"
    atMs: number
    shown: ToldShown[]
}

export interface ControlsEvent {
    kind: "controls"
    atMs: number
    controls: WorldControlled[]
}

/**
 * A service on a real board's Jacdac bus told what it measures, or that something happened: what the
 * program's roles read. It is either a register or an event.
 */
export interface ServiceEvent {
    kind: "service"
    atMs: number
    /** Identifier of its device, sixteen hexadecimal digits. */
    device: string
    /** Index of the service on its device. */
    index: number
    /** Class of the service in the Jacdac catalogue. */
    serviceClass: number
    /** The board itself offers it, with what is at its pins. */
    isOwn: boolean
    /** Code of the register that was read: 257 is `reading`. */
    register?: number
    /** Code of the event. */
    event?: number
    /** What it told, in hexadecimal digits. */
    data: string
}

/** What the compiler found; no problems once it compiles again. */
export interface BuildEvent {
    kind: "build"
    atMs: number
    problems: BuildProblem[]
    /** The files that they are in, as they were saved. */
    sources: { file: string; text: string }[]
}

export interface BuildProblem {
    /** As the compiler names it for whoever started the watch. */
    file: string
    /** From 1. */
    line: number
    text: string
}

/** How a run ended, and what of. */
export interface EndEvent {
    kind: "end"
    atMs: number
    outcome: RunEnd
    /** The heap at the end, or when the program died; and what the run took. */
    heap?: HeapFigures
    gc?: GcFigures
}

export interface RunEnd {
    kind: "running" | "finished" | "panicked" | "expected-text" | "failed-text" | "timed-out"
    /** Of a program that died, as its panic has it; `verdict` and `message` say what of. */
    panicCode?: number
    panicName?: string
    verdict?: string
    message?: string
    /** The line whose allocations held the most live bytes when memory ran out. */
    heldAt?: StackFrame & { liveBytes: number; blocks: number }
}

/** The heap at one moment: exact, unless it says how far it may be off. */
export type SampleEvent = { kind: "sample"; estimate?: Estimate } & Sample

/** A sample's event. Of ten thousand, copying whatever there is would take as long as looking at the heap. */
export function sampleEvent(sample: Sample): SampleEvent {
    const { atMs, usedBytes, liveBytes, freeBytes, largestFreeBytes } = sample
    const { collections, allocations, allocatedBytes } = sample
    return {
        kind: "sample",
        atMs,
        usedBytes,
        liveBytes,
        freeBytes,
        largestFreeBytes,
        collections,
        allocations,
        allocatedBytes,
    }
}

/** The line of the log that an event tells of. */
export function lineOf({ atMs, level, text }: LogLine): LogLine {
    return { atMs, level, text }
}

/** The sample that an event tells of. */
export function sampleOf(event: SampleEvent): Sample {
    const { atMs, usedBytes, liveBytes, freeBytes, largestFreeBytes } = event
    const { collections, allocations, allocatedBytes } = event
    return {
        atMs,
        usedBytes,
        liveBytes,
        freeBytes,
        largestFreeBytes,
        collections,
        allocations,
        allocatedBytes,
    }
}

/**
 * A sample worked out from what a running program can learn of its own heap. Of `allocations`
 * nothing is known then (it is 0), `collections` are the least there can have been, and `allocatedBytes`
 * is by how far probes rose: no measure of what was allocated.
 */
export interface Estimate {
    /** By how much `usedBytes` may be off to either side. */
    errorBytes: number
    /** The same of `liveBytes`. Older recordings do not have it. */
    liveErrorBytes?: number
    /** When the program runs out of memory if it goes on so, and the range; of what leaks alone. */
    death?: ForetoldDeath
}

/** A death, and what it was told from, where that is more than the board's reports: how its program died in the simulator. */
export type ForetoldDeath = TimeToDeath & { by?: "program" }

/** Ends a switch over all kinds of events: the type checker names the kind that was forgotten there. */
export function noOtherKind(event: never): void {
    void event
}

/** A bounded structure on the board, counted in its elements. */
export interface StructureFigures {
    name: string
    length: number
    capacity: number
    highWaterMark: number
    refused: number
    /** Of those that count it: caches, interners, pools. */
    worth?: StructureWorth
}

/** What a structure has been worth since it was made. */
export interface StructureWorth {
    /** `dedupe`: texts that were known; `hit`: results that were kept; `reuse`: things used before. */
    kind: "dedupe" | "hit" | "reuse"
    /** How often it was asked for something. */
    asked: number
    /** How often it had it already. */
    hits: number
    /** Bytes that an interner spared. */
    savedBytes?: number
    /** Bytes of all blocks that nobody had asked for. */
    wastedBytes?: number
}

/**
 * Where a connection to a board stands:
 * - `closed`: not opened yet, or closed for good;
 * - `connecting`: the port is being opened, or is open and the board has said nothing yet;
 * - `open`: the board talks;
 * - `silent`: the port is open but the board has stopped talking: it resets, hangs or has no power;
 * - `lost`: the port is gone; a link that reconnects tries again.
 */
export const LINK_PHASES = ["closed", "connecting", "open", "silent", "lost"] as const

export type LinkPhase = (typeof LINK_PHASES)[number]
