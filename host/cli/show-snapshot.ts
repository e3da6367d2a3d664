import { SnapshotView } from "../analysis/snapshot/snapshot-view"
import type { Snapshot } from "../documents/snapshot"
import { showReport } from "../sinks/report-kind"
import { SNAPSHOT_REPORTS, type FoundBySnapshot } from "../sinks/reports"
import type { CommandContext } from "./command-context"
import { styleFor } from "./output"

/** How a snapshot is shown, besides the files it is written to. */
export interface SnapshotOutputFlags {
    json?: boolean
    quiet?: boolean
    color: boolean
}

/**
 * Writes a snapshot to the files that are asked for, and shows it, wherever it comes from.
 * @throws UserError for a file that cannot be written, or a map of what the debugger can reach
 */
export async function showSnapshot(
    taken: Snapshot,
    flags: SnapshotOutputFlags,
    { cwd, stdout, stderr }: CommandContext,
    besides: Omit<FoundBySnapshot, "view">,
): Promise<void> {
    await showReport(
        SNAPSHOT_REPORTS,
        { view: new SnapshotView(taken), ...besides },
        { flags: { ...flags }, cwd, stdout, stderr, style: styleFor(stdout, flags.color) },
    )
}
