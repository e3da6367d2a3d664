import { EventQueue } from "../model/event-queue"
import type { EndEvent, MemoryEvent } from "../model/events"
import type { Sink, Source, Wants } from "../model/flow"

/**
 * Brings every event of a source to sinks, in order, until the source ends or `signal` is aborted. The
 * slowest sink holds the source back. Before a live one, which cannot wait, each sink has a queue of its
 * own, of bounded size. The sinks stay open.
 * @returns how the source ended, if it said so
 */
export async function play(
    source: Source,
    sinks: readonly Sink[],
    signal: AbortSignal,
    wants?: Wants,
): Promise<EndEvent | undefined> {
    const outlets = source.isLive ? sinks.map(sink => new QueuedSink(sink, signal)) : sinks
    let end: EndEvent | undefined
    for await (const event of source.events(signal, wants)) {
        if (event.kind === "end") end = event
        for (const sink of outlets) {
            const wait = sink.add(event)
            if (wait) await unlessAborted(wait, signal)
        }
    }
    if (source.isLive) for (const outlet of outlets) await outlet.close()
    return end
}

/** A sink that takes its time, before a source that does not wait. */
class QueuedSink implements Sink {
    private readonly queue = new EventQueue()
    private busy: Promise<void> | undefined
    private failure: unknown

    constructor(
        private readonly sink: Sink,
        private readonly signal: AbortSignal,
    ) {}

    /** @throws what the sink threw */
    add(event: MemoryEvent): void {
        if (this.failure !== undefined) throw this.failure
        if (this.busy) {
            this.queue.push(event)
            return
        }
        const wait = this.sink.add(event)
        if (wait) this.busy = this.drain(wait)
    }

    /** Waits for what the sink has still to take, unless that was aborted. */
    async close(): Promise<void> {
        this.queue.close()
        await this.busy
        if (this.failure !== undefined) throw this.failure
    }

    private async drain(wait: Promise<void>): Promise<void> {
        const { queue, sink, signal } = this
        try {
            await unlessAborted(wait, signal)
            for (let event = queue.take(); event; event = queue.take()) {
                const next = sink.add(event)
                if (next) await unlessAborted(next, signal)
            }
        } catch (error) {
            this.failure = error
        }
        this.busy = undefined
    }
}

/** Waits; but whoever ends it all does not wait for a reader that has stopped reading. */
async function unlessAborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    let stop: () => void = () => undefined
    const aborted = new Promise<void>(done => {
        stop = () => done()
        signal.addEventListener("abort", stop, { once: true })
    })
    try {
        await Promise.race([wait, aborted])
    } finally {
        signal.removeEventListener("abort", stop)
    }
}
