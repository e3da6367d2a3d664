import type { MemoryEvent } from "../../model/events"

/** By how much of what is free another board of the same program may hold more. */
const MOST_MORE = 0.5

/**
 * What another board would report that runs the same program and holds a little more.
 * @param shift of what is free, 0 to 1: 0 changes nothing
 */
export function varied(event: MemoryEvent, shift: number): MemoryEvent {
    if (event.kind !== "sample" || shift === 0) return event
    const more = Math.floor(event.freeBytes * shift * MOST_MORE)
    const free = event.freeBytes - more
    return {
        ...event,
        usedBytes: event.usedBytes + more,
        liveBytes: event.liveBytes + more,
        freeBytes: free,
        largestFreeBytes: Math.min(event.largestFreeBytes, free),
    }
}
