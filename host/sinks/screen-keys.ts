import type { LessonRun, LessonTitle } from "../documents/lessons-report"
import type { Allocated } from "../model/allocated"
import type { HandAction } from "../model/controls"
import type { MemoryEvent } from "../model/events"
import type { Sink, Source, WholeHeap } from "../model/flow"
import type { RunMoment } from "../model/run-moment"
import type { Visit, VisitRequest } from "../model/visit"

/** What keys ask for. */
export interface ScreenKeys {
    /** Nobody wants to see more: that was the aim of it, or it was broken off. */
    quit(): void
    interrupt(): void
    /** @returns what to tell on the screen */
    capture?(): string
    /** Goes on so many milliseconds later or earlier. @returns what to tell on the screen */
    seek?: ((byMs: number) => string) | undefined
    /** Presses, turns or sets something of the board's world. @returns what to tell on the screen */
    hand?: ((action: HandAction) => string) | undefined
    /** @returns what to tell on the screen */
    mark?(): string
    /** What the program has allocated since that was asked first. */
    allocated?: (() => Promise<Allocated>) | undefined
    /** The run's report up to now, with advice, as JSON. */
    report?: (() => Promise<string>) | undefined
    /** What takes the flash of the program, as JSON. */
    size?: (() => string) | undefined
    /** The types that the program declares, laid out for its board, as JSON. */
    layouts?: (() => Promise<string>) | undefined
    /** The lessons that there are. */
    lessons?(): LessonTitle[]
    /** A lesson, its programs run on such a board. @throws UserError for one that is not */
    lesson?(name: string): Promise<LessonRun>
    /** The text of a source of the program. */
    sourceText?: ((file: string) => string | undefined) | undefined
    /** All that is on the heap, once the source can be looked at. */
    look?: ((at?: RunMoment) => Promise<WholeHeap>) | undefined
    /** What the board was at any moment of its run. @throws UserError when it cannot be told */
    visit?: ((request: VisitRequest) => Promise<Visit>) | undefined
}

/**
 * What the keys of a screen do while events go to sinks.
 * @param sinks get the marks; a list that may still grow
 * @param quit told whether it was broken off
 * @param source is asked for what it can do
 * @returns the keys, and a sink that has to see the events, too, for a mark to have their time
 */
export function screenKeys(
    sinks: readonly Sink[],
    quit: (isInterrupt: boolean) => void,
    source: Pick<Source, "capture" | "control">,
): { keys: ScreenKeys; clock: Sink } {
    let nowMs = 0
    let marks = 0
    return {
        keys: {
            quit: () => quit(false),
            interrupt: () => quit(true),
            capture: () => source.capture?.() ?? "there is no board to ask",
            seek: source.control?.seek && (byMs => source.control!.seek!(byMs)),
            hand: source.control?.hand && (action => source.control!.hand!(action)),
            allocated: source.control?.allocated && (() => source.control!.allocated!()),
            report: source.control?.report && (() => source.control!.report!()),
            size: source.control?.size && (() => source.control!.size!()),
            layouts: source.control?.layouts && (() => source.control!.layouts!()),
            sourceText: source.control?.sourceText && (file => source.control!.sourceText!(file)),
            look: source.control?.look && (at => source.control!.look!(at)),
            visit: source.control?.visit && (request => source.control!.visit!(request)),
            mark() {
                const text = `mark ${++marks}`
                const event: MemoryEvent = { kind: "mark", atMs: nowMs, text }
                for (const sink of sinks) void sink.add(event)
                return text
            },
        },
        clock: { add: ({ atMs }) => void (nowMs = atMs), close: () => undefined },
    }
}
