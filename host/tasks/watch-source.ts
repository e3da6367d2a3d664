import type { MemoryEvent } from "../model/events"
import type { RecordingHeader } from "../documents/recording-format"

/** Takes events; a promise asks to wait before the next one. */
export type EventSink = (event: MemoryEvent) => void | Promise<void>

/** Something to watch: a simulated board, a real one, a recording. */
export interface WatchSource {
    /** What of it goes at the head of a recording. */
    about: Omit<RecordingHeader, "schema" | "startedAt">
    /** How the board is reached, for people. */
    how: string
    /**
     * Tells events until it ends or is aborted.
     * @returns whether the program came to a bad end; of a recording that is no news
     */
    play(sink: EventSink, signal: AbortSignal): Promise<{ failed: boolean }>
    /** Has the whole heap told of as an event, soon. @returns what to tell whoever asked */
    snapshot(): string
}
