import { resolve } from "node:path"
import { toJson } from "../base/json"
import { writeWhole } from "../base/node/write-file"
import type { Advice } from "../documents/advice"
import { renderAdvice } from "../sinks/terminal/advice-terminal"
import { renderHeapMap } from "../sinks/svg/heap-map-svg"
import { renderSnapshot } from "../sinks/terminal/snapshot-terminal"
import { indent } from "../sinks/terminal/text/text-layout"
import { toChromeHeapSnapshot } from "../sinks/files/chrome-heap-snapshot"
import type { Snapshot } from "../documents/snapshot"
import { SnapshotView } from "../analysis/snapshot/snapshot-view"
import type { CommandContext } from "./command-context"
import { styleFor } from "./output"

/** Where a snapshot goes, wherever it comes from. */
export interface SnapshotOutputFlags {
    out?: string
    heapsnapshot?: string
    map?: string
    json?: boolean
    color: boolean
}

/** What there is to say besides a snapshot. */
interface Besides {
    /** Of the moment. */
    note?: string
    /** When it was asked for. */
    advice?: Advice[]
}

/**
 * Writes a snapshot to the files that are asked for, and shows it.
 * @param top rows of each table
 * @param besides what else there is to say
 * @throws UserError for a file that cannot be written, or a map of what the debugger can reach
 */
export async function showSnapshot(
    taken: Snapshot,
    top: number,
    { out, heapsnapshot, map, json, color }: SnapshotOutputFlags,
    { cwd, stdout }: CommandContext,
    { note, advice }: Besides = {},
): Promise<void> {
    const view = new SnapshotView(taken)
    // Before anything is written: there may be none.
    const picture = map === undefined ? "" : renderHeapMap(taken)
    if (out !== undefined) await writeWhole(resolve(cwd, out), toJson(taken) + "\n")
    if (heapsnapshot !== undefined)
        await writeWhole(
            resolve(cwd, heapsnapshot),
            toJson(toChromeHeapSnapshot(view.graph)) + "\n",
        )
    if (map !== undefined) await writeWhole(resolve(cwd, map), picture)
    if (json) {
        stdout.write(toJson({ ...taken, ...(advice && { advice }) }, 1) + "\n")
        return
    }
    const style = styleFor(stdout, color)
    stdout.write(renderSnapshot(view, top, style, note) + "\n")
    const inner = indent.narrow(style)
    if (advice) stdout.write(`\n${indent.lines(renderAdvice(advice, inner), inner)}\n`)
}
