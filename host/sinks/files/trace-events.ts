import type { LogLine, Sample } from "../../documents/sim-report"

/** An event of the Trace Event Format, which Perfetto and Chrome's tracing open. Times are microseconds. */
export interface TraceEvent {
    name: string
    ph: "M" | "C" | "i"
    pid: number
    tid: number
    ts?: number
    /** Of an instant: for the whole process. */
    s?: "p"
    args: Record<string, string | number>
}

/** What a trace is made of. */
export interface TraceSource {
    /** `src/main.ts on pico`. */
    name: string
    samples: readonly Sample[]
    log: readonly LogLine[]
}

const PID = 1
const TID = 1

/** A run as a trace: its heap and what it allocates as counters, collections and lines of its log as instants. */
export function toTrace({ name, samples, log }: TraceSource): {
    traceEvents: TraceEvent[]
    displayTimeUnit: "ms"
} {
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
    return {
        traceEvents: [
            { name: "process_name", ph: "M", pid: PID, tid: TID, args: { name } },
            ...[...counters, ...lines].sort((a, b) => a.ts! - b.ts!),
        ],
        displayTimeUnit: "ms",
    }
}
