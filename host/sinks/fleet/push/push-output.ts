import { formatCountOf } from "../../../base/format-units"
import { sleep } from "../../../base/pause"
import type { BoardReading } from "../../../analysis/fleet/fleet-board"
import type { OutputStatus } from "../../../documents/fleet/fleet-report"
import type { FleetOutput } from "../fleet-output"
import type { DurableQueue } from "./durable-queue"
import type { Post } from "./http-post"
import type { PushFormat } from "./push-format"

/** What has come is sent this often, in milliseconds, */
const FLUSH_MS = 1000
/** or when it is so many readings. */
const MAX_READINGS = 2000
/** Between two tries, in milliseconds: twice as long each time, */
const AGAIN_MS = 250
/** up to this. */
const MOST_AGAIN_MS = 30_000
/** What waits when the fleet is ended may be sent for so long; then it goes to disk. Milliseconds. */
const LAST_MS = 5000

export interface PushOptions {
    /** As `fleet.outputs` has it. */
    name: string
    format: PushFormat
    post: Post
    queue: DurableQueue
    /** Tells people something. */
    announce(text: string): void
    /** What has come is sent this often, in milliseconds. Default: 1000. */
    flushMs?: number
    /** After a first failure it waits so long, in milliseconds. Default: 250. */
    againMs?: number
}

/** Sends readings to an engine in batches, in order; what it does not take waits. */
export class PushOutput implements FleetOutput {
    private sent = 0
    private refused = 0
    private failure: string | undefined
    private pending: BoardReading[] = []
    private said = 0
    private readonly timer: NodeJS.Timeout
    private pumping: Promise<void> | undefined
    private isClosing = false
    private readonly ended = new AbortController()

    constructor(private readonly options: PushOptions) {
        this.timer = setInterval(() => this.flush(), options.flushMs ?? FLUSH_MS)
        this.timer.unref()
        this.pump()
    }

    reading(reading: BoardReading): void {
        this.pending.push(reading)
        if (this.pending.length >= MAX_READINGS) this.flush()
    }

    status(): OutputStatus {
        const { name, queue } = this.options
        return {
            name,
            sent: this.sent,
            waiting: queue.waiting + this.pending.length,
            dropped: queue.dropped + this.refused,
            ...(this.failure !== undefined && { failure: this.failure }),
        }
    }

    async close(): Promise<void> {
        clearInterval(this.timer)
        this.isClosing = true
        this.flush()
        // Who does not want to wait any longer loses nothing.
        this.options.queue.spill()
        const end = setTimeout(() => this.ended.abort(), this.failure === undefined ? LAST_MS : 0)
        await this.pumping
        clearTimeout(end)
        const { queue, name, announce } = this.options
        queue.close()
        if (queue.waiting > 0)
            announce(
                `${name}: ${formatCountOf(queue.waiting, "reading")} kept on disk for the next start`,
            )
    }

    private flush(): void {
        const readings = this.pending
        if (readings.length > 0) {
            this.pending = []
            const { format, queue } = this.options
            const before = queue.dropped
            queue.push({ body: format.encode(readings), readings: readings.length })
            if (queue.dropped > before) this.tellGivenUp("the oldest: more wait than may")
        }
        this.pump()
    }

    private pump(): void {
        this.pumping ??= this.sendAll()
    }

    /** All that waits, in order, until there is nothing more or the fleet has ended. */
    private async sendAll(): Promise<void> {
        const { queue, post, format, announce, name } = this.options
        const { signal } = this.ended
        const { againMs: first = AGAIN_MS } = this.options
        let againMs = first
        // Who begins it has to have begun before it can be over.
        await Promise.resolve()
        while (!signal.aborted) {
            const batch = queue.first()
            if (!batch) break
            const posted = await post(batch.body, format.headers, signal)
            if (posted.kind === "failed") {
                if (this.failure === undefined && !signal.aborted)
                    announce(`${name}: ${posted.why}: what comes is kept, and sent later`)
                this.failure = posted.why
                // There is no time for another try.
                if (this.isClosing) break
                await sleep(againMs * (0.75 + Math.random() / 2), signal)
                againMs = Math.min(2 * againMs, MOST_AGAIN_MS)
                continue
            }
            if (this.failure !== undefined) announce(`${name}: it takes readings again`)
            this.failure = undefined
            againMs = first
            queue.shift()
            if (posted.kind === "taken") this.sent += batch.readings
            else {
                this.refused += batch.readings
                this.tellGivenUp(`refused: ${posted.why}`)
            }
        }
        this.pumping = undefined
    }

    /** Said when it begins, and each time it has become twice as much. */
    private tellGivenUp(why: string): void {
        const { queue, name, announce } = this.options
        const all = queue.dropped + this.refused
        if (all === 0 || all < 2 * this.said) return
        this.said = all
        announce(`${name}: ${formatCountOf(all, "reading")} given up so far; the last ones, ${why}`)
    }
}
