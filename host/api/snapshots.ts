import { diffSnapshots as diffViews } from "../analysis/snapshot/diff"
import { graphOf } from "../analysis/snapshot/snapshot-file"
import { SnapshotView } from "../analysis/snapshot/snapshot-view"
import { ProgramError, UserError } from "../base/errors"
import { formatCount, formatDuration } from "../base/format-units"
import type { DiffReport } from "../documents/diff-report"
import type { Snapshot } from "../documents/snapshot"
import { loadVm } from "../simulator/node/load-vm"
import {
    toChromeHeapSnapshot as chromeSnapshotOf,
    type ChromeHeapSnapshot,
} from "../sinks/files/chrome-heap-snapshot"
import { takeSnapshots, type Moment, type SnapshotRun } from "../tasks/take-snapshots"
import { programOf, type ProgramOrEntry } from "./program"
import {
    notEmpty,
    readBoardSettings,
    readTime,
    type BoardSettings,
    type Duration,
    type NameOf,
    type Written,
} from "./run-settings"

export interface SnapshotOptions extends BoardSettings {
    /**
     * The moment: a simulated time, the program's death, the first log line with a text, or right after the
     * nth allocation or collection of the run, from 1. Default: `10s`.
     */
    at?:
        | Duration
        | { panic: true }
        | { text: string }
        | { allocation: number | string }
        | { collection: number | string }
    /** Simulated time to wait for a moment that is no time. Default: `10m`. */
    within?: Duration
    /** Ends the run: it rejects with the signal's reason. */
    signal?: AbortSignal
}

export const DEFAULT_AT = "10s"
const DEFAULT_WITHIN = "10m"

/** What the kinds of moment are called in a program's options. */
const inProgram: NameOf = setting =>
    ({
        atPanic: "at: { panic: true }",
        atText: "at.text",
        atAllocation: "at.allocation",
        atGc: "at.collection",
    })[setting] ?? setting

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
    const planned = planSnapshot(options, program)
    const built = await programOf(program, options)
    const looks = await takeSnapshots(
        loadVm(),
        { ...planned.settings, program: built, ...(signal && { signal }) },
        [planned.moment],
    )
    signal?.throwIfAborted()
    return snapshotIn(looks, planned)
}

/** A moment, and how to run until it. */
export interface PlannedSnapshot {
    moment: Moment
    settings: ReturnType<typeof readBoardSettings> & { forMs: number }
}

/** All that can be found out before the program is built. @throws UserError naming the setting */
export function planSnapshot(
    options: SnapshotOptions,
    program: Written | undefined,
    nameOf: NameOf = inProgram,
): PlannedSnapshot {
    const moment = momentOf(options.at ?? DEFAULT_AT, nameOf)
    const forMs =
        moment.kind === "time"
            ? moment.atMs
            : readTime(nameOf("within"), options.within ?? DEFAULT_WITHIN)
    return { moment, settings: { ...readBoardSettings(options, program, nameOf), forMs } }
}

/** The one that was to be taken. @throws ProgramError when its moment did not come */
export function snapshotIn(
    { snapshots: [snapshot], report: { outcome, program } }: SnapshotRun,
    { moment, settings: { forMs } }: PlannedSnapshot,
    nameOf: NameOf = inProgram,
): Snapshot {
    if (snapshot) return snapshot
    const refuse = (why: string) => new ProgramError("E_MOMENT", `${program.entry} ${why}`)
    const end = formatDuration(outcome.atMs ?? forMs)
    if (outcome.kind === "panicked")
        throw refuse(
            `died after ${end} (${outcome.panicName}), before that moment: ${nameOf("atPanic")} shows its heap then.`,
        )
    if (moment.kind === "time")
        throw refuse(
            `has no heap at that moment, as it is being restarted: take another ${nameOf("at")}.`,
        )
    const missed = missedBy(moment)
    throw refuse(
        outcome.kind === "finished"
            ? `${missed}: it came to its end after ${end}.`
            : `${missed} in ${end}: give it longer with ${nameOf("within")}.`,
    )
}

function missedBy(moment: Exclude<Moment, { kind: "time" }>): string {
    switch (moment.kind) {
        case "panic":
            return "did not die"
        case "text":
            return "did not log that text"
        case "allocation":
            return `made fewer than ${formatCount(moment.number)} allocations`
        case "collection":
            return `had fewer than ${formatCount(moment.number)} collections`
    }
}

/** What came, went and grew between two snapshots, of one run or of two. */
export function diffSnapshots(before: Snapshot, after: Snapshot): DiffReport {
    return diffViews(new SnapshotView(before), new SnapshotView(after))
}

/** The content of a .heapsnapshot file, which Chrome's DevTools open: write it as JSON. */
export function toChromeHeapSnapshot(snapshot: Snapshot): ChromeHeapSnapshot {
    return chromeSnapshotOf(graphOf(snapshot))
}

function momentOf(at: NonNullable<SnapshotOptions["at"]>, nameOf: NameOf): Moment {
    if (typeof at !== "object") return { kind: "time", atMs: readTime(nameOf("at"), at) }
    if ("panic" in at) return { kind: "panic" }
    if ("allocation" in at)
        return { kind: "allocation", number: readNumber(nameOf("atAllocation"), at.allocation) }
    if ("collection" in at)
        return { kind: "collection", number: readNumber(nameOf("atGc"), at.collection) }
    return { kind: "text", text: notEmpty(nameOf("atText"), at.text) }
}

/** Which of many, from 1. @throws UserError naming the setting */
function readNumber(name: string, value: number | string): number {
    if (/^[1-9]\d{0,14}$/.test(String(value))) return Number(value)
    throw new UserError("E_VALUE", `${name} ${value} is not a whole number from 1.`)
}
