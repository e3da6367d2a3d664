import { resolve } from "node:path"
import { renderHeapMap } from "../report/heap-map-svg"
import { renderSnapshot } from "../report/snapshot-terminal"
import { toChromeHeapSnapshot } from "../snapshot/chrome-heap-snapshot"
import type { Snapshot } from "../snapshot/snapshot"
import { SnapshotView } from "../snapshot/snapshot-view"
import type { CommandContext } from "./command-context"
import { styleFor, writeWhole } from "./output"

/** Where a snapshot goes, wherever it comes from. */
export interface SnapshotOutputFlags {
    out?: string
    heapsnapshot?: string
    map?: string
    json?: boolean
    color: boolean
}

/**
 * Writes a snapshot to the files that are asked for, and shows it.
 * @param top rows of each table
 * @param note what else there is to say of the moment
 * @throws UserError for a file that cannot be written
 */
export function showSnapshot(
    taken: Snapshot,
    top: number,
    { out, heapsnapshot, map, json, color }: SnapshotOutputFlags,
    { cwd, stdout }: CommandContext,
    note?: string,
): void {
    const view = new SnapshotView(taken)
    if (out !== undefined) writeWhole(resolve(cwd, out), JSON.stringify(taken) + "\n")
    if (heapsnapshot !== undefined)
        writeWhole(
            resolve(cwd, heapsnapshot),
            JSON.stringify(toChromeHeapSnapshot(view.graph)) + "\n",
        )
    if (map !== undefined) writeWhole(resolve(cwd, map), renderHeapMap(taken))
    if (json) stdout.write(JSON.stringify(taken, null, 1) + "\n")
    else stdout.write(renderSnapshot(view, top, styleFor(stdout, color), note) + "\n")
}
