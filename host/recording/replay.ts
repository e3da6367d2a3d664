import { sleep } from "../base/pause"
import type { MemoryEvent } from "../model/events"

/** Events without a pause between them before others get a turn. */
const BURST = 1000

/** The longest a timer waits, and so the longest step: 24.8 days. Milliseconds. */
const MAX_WAIT_MS = 2 ** 31 - 1

/** Real milliseconds from which on waiting is worth a timer. */
const MIN_WAIT_MS = 5

/** Where a recording that is played stands, and where it is to go on from. Times are the recording's. */
export class PlayPosition {
    /** Of the last event that was told. */
    nowMs = 0
    /** What was before is told without a pause. */
    fromMs = 0
    /** It goes on from what was told already: all is to be played again, from the start. */
    isBack = false
    private next = new AbortController()

    /** Goes on so much later, or earlier, than where it stands or is on its way to. */
    seekBy(ms: number): void {
        const isOnItsWay = this.isBack || this.fromMs > this.nowMs
        this.seek((isOnItsWay ? this.fromMs : this.nowMs) + ms)
    }

    /** Goes on from another time. */
    seek(toMs: number): void {
        this.fromMs = Math.max(0, toMs)
        this.isBack ||= this.fromMs < this.nowMs
        this.next.abort()
    }

    /** It is played from the start again. */
    restart(): void {
        this.nowMs = 0
        this.isBack = false
    }

    /** Aborted at the next `seek`. */
    get sought(): AbortSignal {
        if (this.next.signal.aborted) this.next = new AbortController()
        return this.next.signal
    }
}

/**
 * Plays events at the distances of their times, `speed` times as fast as they came. A step back in
 * time, as after a restart of the board, takes no time, and none takes longer than 24.8 days.
 * @param speed above 0; `Infinity` plays without a pause
 * @param position may be moved meanwhile; moved back, this ends, and all is to be played again
 */
export async function* replay(
    events: Iterable<MemoryEvent>,
    options: { speed: number; signal?: AbortSignal; position?: PlayPosition },
): AsyncGenerator<MemoryEvent, void> {
    const { speed, signal, position = new PlayPosition() } = options
    let lastMs: number | undefined
    let dueAt = performance.now()
    let burst = 0
    for (const event of events) {
        for (let moved = true; moved;) {
            if (signal?.aborted || position.isBack) return
            const beforeMs = Math.max(lastMs ?? event.atMs, position.fromMs)
            const stepMs = Math.max(0, event.atMs - beforeMs) / speed
            const at = dueAt + Math.min(stepMs, MAX_WAIT_MS)
            const waitMs = at - performance.now()
            moved = false
            if (waitMs >= MIN_WAIT_MS || ++burst >= BURST) {
                burst = 0
                const sought = position.sought
                const either = signal ? AbortSignal.any([signal, sought]) : sought
                await sleep(Math.min(Math.max(0, waitMs), MAX_WAIT_MS), either)
                moved = sought.aborted
            }
            dueAt = moved ? performance.now() : at
        }
        if (signal?.aborted || position.isBack) return
        lastMs = position.nowMs = event.atMs
        yield event
    }
}
