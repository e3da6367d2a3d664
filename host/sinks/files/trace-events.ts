import type { TracedAllocation } from "../../analysis/profile/traced-allocations"
import type { Place } from "../../analysis/profile/source-places"
import type { LogLine, Sample } from "../../documents/sim-report"

/** An event of the Trace Event Format, which Perfetto and Chrome's tracing open. Times are microseconds. */
export interface TraceEvent {
    name: string
    ph: "M" | "C" | "i"
    pid: number
    tid: number
    ts?: number
    /** Of an instant: for the whole process, or for its thread. */
    s?: "p" | "t"
    /** Of an allocation: the innermost of its calls, in `stackFrames`. */
    sf?: string
    args: Record<string, string | number>
}

/** A call of a stack, by the format's own words. */
export interface StackFrame {
    name: string
    category: "program" | "library"
    /** Who called it; none is the outermost. */
    parent?: string
}

/** A trace as the format's JSON object. */
export interface Trace {
    traceEvents: TraceEvent[]
    displayTimeUnit: "ms"
    stackFrames: Record<string, StackFrame>
    otherData: Record<string, string>
}

/** What a trace is made of. */
export interface TraceSource {
    /** `src/main.ts on pico`. */
    name: string
    samples: readonly Sample[]
    log: readonly LogLine[]
    allocations: readonly TracedAllocation[]
    /** How many there were, which may be more. */
    allAllocations: number
}

const PID = 1
const TID = 1

/**
 * A run as a trace: its heap and what it allocated as counters; collections, lines of its log and allocations
 * as instants, each allocation with the calls that were open.
 */
export function toTrace({ name, samples, log, allocations, allAllocations }: TraceSource): Trace {
    const at = (ms: number) => Math.round(ms * 1000)
    const counter = (title: string, ms: number, args: Record<string, number>): TraceEvent => ({
        ...{ name: title, ph: "C", pid: PID, tid: TID, ts: at(ms), args },
    })
    const instant = (title: string, ms: number, args: TraceEvent["args"]): TraceEvent => ({
        ...{ name: title, ph: "i", s: "p", pid: PID, tid: TID, ts: at(ms), args },
    })
    let collections = 0
    const counters = samples.flatMap(sample => {
        const { atMs } = sample
        const ran = sample.collections - collections
        collections = sample.collections
        return [
            counter("heap", atMs, {
                live: sample.liveBytes,
                garbage: sample.usedBytes - sample.liveBytes,
            }),
            counter("largest free block", atMs, { bytes: sample.largestFreeBytes }),
            counter("allocated", atMs, { bytes: sample.allocatedBytes }),
            // A sample knows how many there were since the last one, not when.
            ...(ran > 0 ? [instant("collections", atMs, { count: ran })] : []),
        ]
    })
    const lines = log.map(({ atMs, level, text }) => instant(text, atMs, { level }))
    const stacks = new Stacks()
    const made = allocations.map(({ atMs, bytes, type, calls }): TraceEvent => ({
        ...{ name: type, ph: "i", s: "t", pid: PID, tid: TID, ts: at(atMs) },
        ...{ sf: stacks.idOf(calls), args: { bytes, at: calls[0]!.line.place } },
    }))
    return {
        traceEvents: [
            { name: "process_name", ph: "M", pid: PID, tid: TID, args: { name } },
            ...[...counters, ...lines, ...made].sort((a, b) => a.ts! - b.ts!),
        ],
        displayTimeUnit: "ms",
        stackFrames: stacks.frames,
        otherData: { allocations: `the first ${allocations.length} of ${allAllocations}` },
    }
}

/** The dictionary of calls: one entry for each path of them. */
class Stacks {
    readonly frames: Record<string, StackFrame> = {}
    private readonly ids = new Map<string, string>()

    /** @param calls innermost first, one at least */
    idOf(calls: readonly Place[]): string {
        const [innermost, ...callers] = calls
        const parent = callers.length > 0 ? this.idOf(callers) : undefined
        const { function: called, line } = innermost!
        const name = line.file === undefined ? called.function : `${called.function} ${line.place}`
        const key = `${parent} ${name}`
        const known = this.ids.get(key)
        if (known !== undefined) return known
        const id = String(this.ids.size + 1)
        this.ids.set(key, id)
        this.frames[id] = {
            ...{ name, category: called.library ? "library" : "program" },
            ...(parent !== undefined && { parent }),
        }
        return id
    }
}
