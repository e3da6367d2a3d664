import { shownAsTold, type Shown } from "./shown"
import type { HeapFigures, LogLine } from "./figures"
import { isPinLine } from "./runtime-lines"
import {
    noOtherKind,
    type EndEvent,
    type LinkPhase,
    type MemoryEvent,
    type SampleEvent,
    type StructureFigures,
} from "./events"
import { describeLastReport } from "./last-report"
import { HeapMap } from "./heap/heap-map"
import type { Judgement } from "./judgement"

/** Samples kept: a minute, at ten a second. */
const MAX_SAMPLES = 600
const MAX_LINES = 200
const MAX_MARKS = 64
/** Structures told apart: a board that makes up names must not fill this machine. */
export const MAX_STRUCTURES = 64

/** What is known of a board now, and of late: events folded into state. Bounded, without any I/O. */
export class MemoryModel {
    nowMs = 0
    /** The latest, oldest first. */
    readonly samples: SampleEvent[] = []
    /** When somebody marked a moment, of late. */
    readonly marks: number[] = []
    /** The latest lines, marks, link changes and deaths among them, oldest first. */
    readonly log: LogLine[] = []
    readonly structures = new Map<string, StructureFigures>()
    highWaterUsedBytes = 0
    /** What the latest collection left; undefined before one was seen. */
    collectedLiveBytes: number | undefined
    link: { phase: LinkPhase; message: string } | undefined
    /** What the program died of, until it runs again. */
    panic: Extract<MemoryEvent, { kind: "panic" }> | undefined
    /** How often it died. */
    deaths = 0
    /** The heap by address, as far as the source tells it: without blocks otherwise. */
    readonly heapMap = new HeapMap()
    /** What the board's displays and strips of LEDs show. */
    shown: readonly Shown[] = []
    /** What the source itself says the run comes to. */
    judgement: Judgement | undefined
    /** How it ended, once the source has told all. */
    end: EndEvent | undefined
    /** The exact figures that were asked for last. */
    figures: { atMs: number; heap: HeapFigures } | undefined

    add(event: MemoryEvent): void {
        this.nowMs = event.atMs
        switch (event.kind) {
            case "sample":
                this.sample(event)
                break
            case "log":
                // Who prints has been started again.
                if (event.level === "log") this.panic = undefined
                if (!isPinLine(event)) this.line(event)
                break
            case "gc":
                this.collectedLiveBytes = event.liveBytes
                break
            case "panic":
                this.panic = event
                this.deaths++
                this.line({ ...event, level: "error", text: `panic ${event.code}` })
                for (const { function: name, file, line, column } of event.stack ?? [])
                    this.line({
                        ...event,
                        level: "error",
                        text: `  at ${name}  ${file}:${line}:${column}`,
                    })
                break
            case "structures":
                for (const structure of event.structures)
                    if (
                        this.structures.has(structure.name) ||
                        this.structures.size < MAX_STRUCTURES
                    )
                        this.structures.set(structure.name, structure)
                break
            case "figures":
                this.figures = { atMs: event.atMs, heap: event.heap }
                break
            case "link":
                // Attempt after attempt is no news: the log is for what was before.
                if (event.phase !== "connecting" && event.phase !== this.link?.phase)
                    this.line({ ...event, level: "runtime", text: `link: ${event.message}` })
                this.link = {
                    phase:
                        event.phase === "connecting"
                            ? (this.link?.phase ?? event.phase)
                            : event.phase,
                    message: event.message,
                }
                break
            case "program":
            case "controls":
            case "build":
            case "service":
                break
            case "last-report":
                this.line({
                    ...{ atMs: event.atMs, level: "runtime" },
                    text: `the run before: ${describeLastReport(event)}`,
                })
                break
            case "mark":
                keepLast(this.marks, event.atMs, MAX_MARKS)
                this.line({ ...event, level: "runtime", text: `── ${event.text} ──` })
                break
            case "heap-map":
                this.heapMap.add(event)
                break
            case "displays":
                this.shown = event.shown.map(shownAsTold)
                break
            case "judgement":
                this.judgement = event.judgement
                break
            case "end":
                this.end = event
                break
            default:
                noOtherKind(event)
        }
    }

    private sample(event: SampleEvent): void {
        const last = this.samples.at(-1)
        // The board began anew: its clock did, and its heap.
        if (last && event.atMs < last.atMs) this.samples.length = this.marks.length = 0
        keepLast(this.samples, event, MAX_SAMPLES)
        this.highWaterUsedBytes = Math.max(this.highWaterUsedBytes, event.usedBytes)
    }

    private line({ atMs, level, text }: LogLine): void {
        keepLast(this.log, { atMs, level, text }, MAX_LINES)
    }
}

function keepLast<T>(list: T[], item: T, most: number): void {
    list.push(item)
    if (list.length > most) list.shift()
}
