import type { MemoryEvent } from "../../model/events"

/** Tells how long a board was listened to: while nobody reaches it, no time is recorded. */
export class ListenedTime {
    private lastMs = 0
    private isListening = true

    /** @returns milliseconds that the board was listened to since the event before */
    add(event: MemoryEvent): number {
        const { atMs } = event
        // Whose clock began anew has come so far since.
        const passedMs = atMs >= this.lastMs ? atMs - this.lastMs : atMs
        const listenedMs = this.isListening ? passedMs : 0
        this.lastMs = atMs
        if (event.kind === "link")
            this.isListening = event.phase === "open" || event.phase === "silent"
        return listenedMs
    }
}
