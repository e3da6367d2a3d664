import type { Snapshot } from "../snapshot/snapshot"
import { sanitize } from "./sanitize"
import { formatDuration } from "./units"

/** When a snapshot was taken: `5 m`, `its death after 12.6 s`, `"ready" after 3 s`. */
export function momentText({ kind, atMs, text }: Snapshot["taken"]): string {
    const time = formatDuration(atMs)
    if (kind === "panic") return `its death after ${time}`
    if (kind === "text") return `${JSON.stringify(sanitize(text ?? ""))} after ${time}`
    return time
}

/** What a snapshot is of: `main.ts on pico at 5 m`. */
export function snapshotTitle({ program, board, taken }: Snapshot): string {
    return `${sanitize(program.entry)} on ${sanitize(board.id)} at ${momentText(taken)}`
}
