import stringWidth from "string-width"
import type { Snapshot } from "../../../documents/snapshot"
import { sanitize } from "../../../base/sanitize"
import { fitEnd } from "./text-layout"
import { formatCount, formatDuration } from "../../../base/format-units"

/** Columns a path keeps, however long the rest is. */
const MIN_PATH = 16

/** When a snapshot was taken: `5 m`, `its death after 12.6 s`, `"ready" after 3 s`, `allocation 9 after 1 s`. */
export function momentText({ kind, atMs, text, number }: Snapshot["taken"]): string {
    const time = formatDuration(atMs)
    if (kind === "panic") return `its death after ${time}`
    if (kind === "allocation" || kind === "collection")
        return `${kind} ${formatCount(number ?? 0)} after ${time}`
    if (kind === "text") return `${JSON.stringify(sanitize(text ?? ""))} after ${time}`
    return time
}

/**
 * What a picture or a text about a snapshot shows: `Heap of main.ts on pico at 5 m`. A long path loses its
 * start, so that the rest is never cut off.
 * @param about words before the program's name
 * @param width columns there are for it
 */
export function snapshotTitle(
    about: string,
    { program, board, taken }: Snapshot,
    width = Infinity,
): string {
    const after = `on ${sanitize(board.id)} at ${momentText(taken)}`
    const room = Math.max(MIN_PATH, width - stringWidth(about + after) - 2)
    return `${about} ${fitEnd(sanitize(program.entry), room)} ${after}`
}
