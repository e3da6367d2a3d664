import { diffSnapshots as diffViews } from "../analysis/snapshot/diff"
import { graphOf } from "../analysis/snapshot/snapshot-file"
import { SnapshotView } from "../analysis/snapshot/snapshot-view"
import { ProgramError } from "../base/errors"
import { formatDuration } from "../base/format-units"
import type { DiffReport } from "../documents/diff-report"
import type { Snapshot } from "../documents/snapshot"
import { loadVm } from "../simulator/node/load-vm"
import {
    toChromeHeapSnapshot as chromeSnapshotOf,
    type ChromeHeapSnapshot,
} from "../sinks/files/chrome-heap-snapshot"
import { takeSnapshots, type Moment } from "../tasks/take-snapshots"
import { onItsBoard, programOf, type ProgramOrEntry } from "./program"
import {
    notEmpty,
    readBoardSettings,
    readTime,
    type BoardSettings,
    type Duration,
} from "./run-settings"

export interface SnapshotOptions extends BoardSettings {
    /** The moment: a simulated time, the program's death, or the first log line with a text. Default: `10s`. */
    at?: Duration | { panic: true } | { text: string }
    /** Simulated time to wait for a death or a text. Default: `10m`. */
    within?: Duration
    /** Ends the run: it rejects with the signal's reason. */
    signal?: AbortSignal
}

const DEFAULT_AT = "10s"
const DEFAULT_WITHIN = "10m"

/**
 * Runs a program until a moment and takes the whole object graph then: every object, what it keeps alive
 * and what keeps it.
 * @throws HeapscopeError as `simulate` does, and with the code `E_MOMENT` when the moment does not come
 */
export async function takeSnapshot(
    program: ProgramOrEntry,
    options: SnapshotOptions = {},
): Promise<Snapshot> {
    const { signal } = options
    const moment = momentOf(options.at ?? DEFAULT_AT)
    const forMs =
        moment.kind === "time" ? moment.atMs : readTime("within", options.within ?? DEFAULT_WITHIN)
    const settings = readBoardSettings(onItsBoard(program, options))
    const built = await programOf(program, options)
    const { snapshots, report } = await takeSnapshots(
        loadVm(),
        { ...settings, forMs, program: built, ...(signal && { signal }) },
        [moment],
    )
    signal?.throwIfAborted()
    const [snapshot] = snapshots
    if (snapshot) return snapshot
    const { kind, atMs = forMs } = report.outcome
    throw new ProgramError(
        "E_MOMENT",
        `${built.entry} did not come to that moment: after ${formatDuration(atMs)} it ${kind === "panicked" ? "died" : kind === "finished" ? "came to its end" : "still ran"}.`,
    )
}

/** What came, went and grew between two snapshots, of one run or of two. */
export function diffSnapshots(before: Snapshot, after: Snapshot): DiffReport {
    return diffViews(new SnapshotView(before), new SnapshotView(after))
}

/** The content of a .heapsnapshot file, which Chrome's DevTools open: write it as JSON. */
export function toChromeHeapSnapshot(snapshot: Snapshot): ChromeHeapSnapshot {
    return chromeSnapshotOf(graphOf(snapshot))
}

function momentOf(at: NonNullable<SnapshotOptions["at"]>): Moment {
    if (typeof at !== "object") return { kind: "time", atMs: readTime("at", at) }
    if ("panic" in at) return { kind: "panic" }
    return { kind: "text", text: notEmpty("at.text", at.text) }
}
