import { BoardLink } from "../link/board-link"
import { findPort } from "../link/node/find-port"
import { formatDuration } from "../base/format-units"
import type { Snapshot } from "../documents/snapshot"
import { snapshotOfBoard } from "../tasks/snapshot-of-board"
import { buildEntry } from "./build-entry"
import { askWhichBoard } from "./choose-port"
import { EXIT, type CommandContext, type ExitCode } from "./command-context"
import { Progress } from "./progress"
import { readBoardFlags, readTop, type BoardFlags } from "./run-options"
import { showSnapshot, type SnapshotOutputFlags } from "./show-snapshot"

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
    const tell = (text: string) => {
        progress.clear()
        stderr.write(`heapscope: ${text}\n`)
    }
    let link: BoardLink | undefined
    try {
        const program =
            flags.program === undefined
                ? undefined
                : await buildEntry(flags.program, { cwd, signal, stderr }, progress)
        progress.show(`looking for the board (${flags.port})`)
        link = new BoardLink(await findPort(flags.port, askWhichBoard(context, progress)))
        await link.open()
        progress.show(`reading the heap of ${link.address}`)
        const { snapshot, haltedMs } = await snapshotOfBoard(link, {
            board,
            program,
            signal,
            onNotice: tell,
        })
        progress.clear()
        const note = [
            `Read from the board at ${link.address}: the program stood still for ${formatDuration(haltedMs)}.`,
            program ? "" : "Objects have no names: give the program with --program.",
            snapshot.heap.reach ? aboutTables(snapshot) : "",
        ]
        await showSnapshot(snapshot, flags, context, {
            top,
            note: note.filter(text => text !== "").join(" "),
        })
        return EXIT.ok
    } finally {
        progress.clear()
        await link?.close()
    }
}

/** The debugger does not lead to the tables the VM keeps for itself. */
function aboutTables({ nodes }: Snapshot): string {
    return nodes.some(({ kind, name }) => kind === "group" && name === "tables")
        ? "The VM's own tables are those of the program in a simulator."
        : "The VM's own tables are missing."
}
