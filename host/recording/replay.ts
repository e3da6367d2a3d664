import { sleep } from "../base/pause"
import type { MemoryEvent } from "../model/events"

/** Events without a pause between them before others get a turn. */
const BURST = 1000

/** The longest a timer waits, and so the longest step: 24.8 days. Milliseconds. */
const MAX_WAIT_MS = 2 ** 31 - 1

/** Real milliseconds from which on waiting is worth a timer. */
const MIN_WAIT_MS = 5

/**
 * Plays events at the distances of their times, `speed` times as fast as they came. A step back in
 * time, as after a restart of the board, takes no time, and none takes longer than 24.8 days.
 * @param speed above 0; `Infinity` plays without a pause
 */
export async function* replay(
    events: Iterable<MemoryEvent>,
    options: { speed: number; signal?: AbortSignal },
): AsyncGenerator<MemoryEvent, void> {
    const { speed, signal } = options
    let lastMs: number | undefined
    let dueAt = performance.now()
    let burst = 0
    for (const event of events) {
        if (signal?.aborted) return
        const stepMs = Math.max(0, event.atMs - (lastMs ?? event.atMs)) / speed
        dueAt += Math.min(stepMs, MAX_WAIT_MS)
        lastMs = event.atMs
        const waitMs = dueAt - performance.now()
        if (waitMs >= MIN_WAIT_MS || ++burst >= BURST) {
            burst = 0
            await sleep(Math.min(Math.max(0, waitMs), MAX_WAIT_MS), signal)
            if (signal?.aborted) return
        }
        yield event
    }
}
