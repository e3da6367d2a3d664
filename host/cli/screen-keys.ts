import type { MemoryEvent } from "../model/events"
import type { Sink, Source } from "../model/flow"
import type { ScreenKeys } from "../sinks/sink-kind"

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
