import { RECORDING_SCHEMA } from "../../documents/recording-format"
import type { MemoryEvent } from "../../model/events"
import type { SourceAbout } from "../../model/flow"
import { sealLine } from "../../recording/recording-line"

/** Events in order of time, as a recording that `watch --replay` plays. */
export function recordingText(
    about: SourceAbout,
    events: readonly MemoryEvent[],
    startedAt: Date,
): string {
    const header = { schema: RECORDING_SCHEMA, ...about, startedAt: startedAt.toISOString() }
    return [header, ...events].map(line => `${sealLine(line)}\n`).join("")
}

/** What came from the board and what the page knows of its map, in one order of time. */
export function inOrder(...parts: readonly (readonly MemoryEvent[])[]): MemoryEvent[] {
    return parts.flat().sort((a, b) => a.atMs - b.atMs)
}
