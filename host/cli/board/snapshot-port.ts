import type { Board } from "../../boards/board"
import { BoardLink } from "../../link/board-link"
import type { BoardHeap } from "../../link/heap-image/read-heap"
import { findPort } from "../../link/node/find-port"
import { formatDuration } from "../../base/format-units"
import type { Snapshot } from "../../documents/snapshot"
import type { Program } from "../../model/program/program"
import { snapshotOfBoard } from "../../tasks/snapshot-of-board"
import { buildEntry } from "../build-entry"
import { askWhichBoard } from "../choose-port"
import { EXIT, type CommandContext, type ExitCode } from "../command-context"
import { Progress } from "../progress"
import { readBoardFlags, readTop, type BoardFlags } from "../run-options"
import { showSnapshot, type SnapshotOutputFlags } from "../show-snapshot"

export interface SnapshotPortFlags extends BoardFlags, SnapshotOutputFlags {
    port: string
    program?: string
    top: string
    quiet?: boolean
}

/**
 * Shows what is on the heap of a real board, now.
 * @throws UserError when the board cannot be reached, or asked
 */
export async function snapshotPort(
    flags: SnapshotPortFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const { cwd, stderr, signal } = context
    const top = readTop(flags.top)
    const { board } = readBoardFlags(flags, cwd)
    const progress = new Progress(stderr, !flags.quiet)
    let link: BoardLink | undefined
    try {
        const program =
            flags.program === undefined
                ? undefined
                : await buildEntry(flags.program, { cwd, signal, stderr }, progress)
        progress.show(`looking for the board (${flags.port})`)
        link = new BoardLink(await findPort(flags.port, askWhichBoard(context, progress)))
        await link.open()
        await showBoardSnapshot(link, { board, program, top, progress }, flags, context)
        return EXIT.ok
    } finally {
        progress.clear()
        await link?.close()
    }
}

/** What a board behind an open link is, and how its snapshot is to be shown. */
export interface ShownBoard {
    board: Board
    program: Program | undefined
    /** Rows of each table. */
    top: number
    progress: Progress
    /** Told while the program stands still. */
    onRead?: (heap: BoardHeap) => void
    /** What else there is to say, once it was taken. */
    note?: (taken: Snapshot) => string
}

/** Takes a board's snapshot and shows it. @throws UserError when it cannot be taken */
export async function showBoardSnapshot(
    link: BoardLink,
    { board, program, top, progress, onRead, note }: ShownBoard,
    flags: SnapshotOutputFlags,
    context: CommandContext,
): Promise<void> {
    const { stderr, signal } = context
    progress.show(`reading the heap of ${link.address}`)
    const { snapshot, haltedMs } = await snapshotOfBoard(link, {
        ...{ board, program, signal, ...(onRead && { onRead }) },
        onNotice: text => {
            progress.clear()
            stderr.write(`heapscope: ${text}\n`)
        },
    })
    progress.clear()
    const notes = [
        `Read from the board at ${link.address}: the program stood still for ${formatDuration(haltedMs)}.`,
        program ? "" : "Objects have no names: give the program with --program.",
        snapshot.heap.reach ? aboutTables(snapshot) : "",
        note?.(snapshot) ?? "",
    ]
    await showSnapshot(snapshot, flags, context, {
        top,
        note: notes.filter(text => text !== "").join(" "),
    })
}

/** The debugger does not lead to the tables the VM keeps for itself. */
function aboutTables({ nodes }: Snapshot): string {
    return nodes.some(({ kind, name }) => kind === "group" && name === "tables")
        ? "The VM's own tables are those of the program in a simulator."
        : "The VM's own tables are missing."
}
