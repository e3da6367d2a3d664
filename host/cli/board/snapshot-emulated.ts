import { named, parseDuration } from "../../base/parse-units"
import { sleep } from "../../base/pause"
import { BoardLink } from "../../link/board-link"
import type { EmulatedBoard } from "../../simulator/served/emulated-board"
import {
    compareReading,
    describeComparison,
    describeSram,
    sramOf,
    type Comparison,
} from "../../tasks/emulated/compare-reading"
import { emulate, putProgram, type Emulation } from "../../tasks/emulated/emulate"
import { buildEntry } from "../build-entry"
import { EXIT, type CommandContext, type ExitCode } from "../command-context"
import { Progress } from "../progress"
import { readBoardFlags, readTop, type BoardFlags } from "../run-options"
import type { SnapshotOutputFlags } from "../show-snapshot"
import { showBoardSnapshot } from "./snapshot-port"

export interface SnapshotEmulatedFlags extends BoardFlags, SnapshotOutputFlags {
    emulator: string
    /** How long the program has run, in board time. */
    at: string
    top: string
    quiet?: boolean
}

const LOOK_MS = 20

/**
 * Runs a program on a board's real firmware, emulated, and shows what is on its heap: read over the wire
 * as from any board, and compared with what the emulated chip's memory holds.
 * @throws UserError when the firmware or the program cannot be run, or the board not be read
 */
export async function snapshotEmulated(
    entry: string | undefined,
    flags: SnapshotEmulatedFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const { cwd, stderr, signal } = context
    const top = readTop(flags.top)
    const atMs = named("--at", () => parseDuration(flags.at))
    const { board, seed, makeWorld } = readBoardFlags(flags, cwd, { entry, stderr })
    const progress = new Progress(stderr, !flags.quiet)
    let emulation: Emulation | undefined
    let link: BoardLink | undefined
    try {
        const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
        progress.show("the firmware starts")
        const notify = (text: string) => {
            progress.clear()
            stderr.write(`heapscope: ${text}\n`)
        }
        const world = makeWorld(seed, program)
        emulation = await emulate({
            ...{ file: flags.emulator, cwd, board, seed, world, notify, signal },
        })
        const { board: emulated, port } = emulation
        link = new BoardLink(port, { reconnect: true })
        await link.open()
        await putProgram(link, board, program, { signal })
        const until = emulated.nowMs + atMs
        while (emulated.nowMs < until && !emulated.hasFailed && !signal.aborted) {
            progress.show(`${Math.floor((until - emulated.nowMs) / 1000)} s to go`)
            await sleep(LOOK_MS, signal)
        }
        signal.throwIfAborted()
        let compared: Comparison | undefined
        await showBoardSnapshot(
            link,
            {
                ...{ board, program, top, progress },
                onRead: heap => void (compared = compareReading(heap, emulated)),
                note: () => noteOf(compared, emulated),
            },
            flags,
            context,
        )
        return compared && compared.differentWords > 0 ? EXIT.failed : EXIT.ok
    } finally {
        progress.clear()
        await link?.close()
        emulation?.close()
    }
}

/** A program without the agent is not read whole, and there is nothing to compare. */
function noteOf(compared: Comparison | undefined, board: EmulatedBoard): string {
    if (compared) return describeComparison(compared)
    const sram = sramOf(board)
    return sram ? `Right after it, ${describeSram(sram)}.` : ""
}
