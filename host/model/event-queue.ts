import type { MemoryEvent, SampleEvent } from "./events"

/** Events that wait before some are left out: five minutes of samples and lines, ten a second. */
const MAX_WAITING = 3000
/** Of so many samples in a row, at most two stay: those with the most used and the most live bytes. */
const SAMPLES_MERGED = 4

/**
 * Events between a source that cannot wait and somebody who may be slow, in bounded memory. When too
 * many wait, samples are merged so that every peak stays, and of the other kinds the older half goes;
 * lines of the log that went are counted, and told of in their place.
 */
export class EventQueue {
    private waiting: MemoryEvent[] = []
    private wake: (() => void) | undefined
    private isClosed = false
    private failure: unknown

    /** @param capacity events that may wait, 16 at least */
    constructor(private readonly capacity = MAX_WAITING) {}

    /** Events that wait now. */
    get size(): number {
        return this.waiting.length
    }

    push(event: MemoryEvent): void {
        if (this.isClosed) return
        this.waiting.push(event)
        if (this.waiting.length > this.capacity) this.waiting = thinned(this.waiting)
        this.wake?.()
    }

    /** Nothing more is to come; what waits is still told. */
    close(): void {
        this.isClosed = true
        this.wake?.()
    }

    /** What waits is still told; then whoever takes it gets this error. */
    fail(error: unknown): void {
        this.failure = error
        this.close()
    }

    /** The next one that waits, if any. */
    take(): MemoryEvent | undefined {
        return this.waiting.shift()
    }

    /** Every event, until the queue is closed. For one reader. */
    async *events(): AsyncGenerator<MemoryEvent, void> {
        for (;;) {
            // Taken one by one: what waits behind a slow reader may still be thinned.
            for (let event = this.take(); event; event = this.take()) yield event
            if (this.isClosed) break
            await new Promise<void>(wake => (this.wake = wake))
            this.wake = undefined
        }
        if (this.failure !== undefined) throw this.failure
    }
}

/** At most about half as many events, in their order. */
export function thinned(events: readonly MemoryEvent[]): MemoryEvent[] {
    const kept = keptSamples(events.filter(event => event.kind === "sample"))
    const counts = new Map<string, number>()
    for (const { kind } of events) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    const seen = new Map<string, number>()
    const result: MemoryEvent[] = []
    let notice: Extract<MemoryEvent, { kind: "log" }> | undefined
    let lines = 0
    for (const event of events) {
        const { kind } = event
        if (event.kind === "sample") {
            if (kept.has(event)) result.push(event)
            continue
        }
        const before = seen.get(kind) ?? 0
        seen.set(kind, before + 1)
        const isOld = before < counts.get(kind)! >> 1
        if (!isOld) result.push(event)
        else if (event.kind === "log") {
            lines += omittedIn(event.text) ?? 1
            if (notice) continue
            notice = { kind: "log", atMs: event.atMs, level: "runtime", text: "" }
            result.push(notice)
        }
    }
    if (notice) notice.text = omittedText(lines)
    return result
}

/** Of each few samples in a row those with a peak, and the last one of all. */
function keptSamples(samples: readonly SampleEvent[]): Set<SampleEvent> {
    const kept = new Set<SampleEvent>(samples.slice(-1))
    for (let start = 0; start < samples.length; start += SAMPLES_MERGED) {
        const group = samples.slice(start, start + SAMPLES_MERGED)
        kept.add(highest(group, ({ usedBytes }) => usedBytes))
        kept.add(highest(group, ({ liveBytes }) => liveBytes))
    }
    return kept
}

function highest(samples: readonly SampleEvent[], of: (sample: SampleEvent) => number) {
    return samples.reduce((most, sample) => (of(sample) > of(most) ? sample : most))
}

const OMITTED = /^heapscope: (\d+) lines left out: they came faster than they were taken$/

function omittedText(lines: number): string {
    return `heapscope: ${lines} lines left out: they came faster than they were taken`
}

/** How many lines such a line stands for. */
function omittedIn(text: string): number | undefined {
    const found = OMITTED.exec(text)?.[1]
    return found === undefined ? undefined : Number(found)
}
