import { readSweep } from "../../analysis/sweep"
import { UserError } from "../../base/errors"
import type { Board } from "../../boards/board"
import { listBoards } from "../../boards/node/find-board"
import { resolveEntry } from "../../compiler/node/project"
import { loadVm } from "../../simulator/node/load-vm"
import { filesAskedFor, showReport } from "../../sinks/report-kind"
import { SWEEP_REPORTS } from "../../sinks/reports"
import { buildWith, findConstant, valuesBetween } from "../../tasks/sweep"
import { sweepProgram, type Swept } from "../../tasks/sweep-program"
import { buildEntry } from "../build-entry"
import { checkOutputs } from "../check-outputs"
import { EXIT, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import {
    defaultEntry,
    readBoardFlags,
    readRunFlags,
    type BoardFlags,
    type RunFlags,
} from "../run-options"

/** Values that are run. */
const VALUES = 8

interface SweepFlags extends RunFlags {
    sweep: string
    json?: boolean
    quiet?: boolean
    color: boolean
}

/** `--sweep`: programs with a constant of theirs at several values. */
export async function sweepPrograms(
    entries: readonly (string | undefined)[],
    flags: SweepFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    const range = readSweep(flags.sweep)
    const options = readRunFlags(flags, cwd, { entry: entries[0], stderr })
    checkOutputs(cwd, filesAskedFor(SWEEP_REPORTS, { ...flags }), {
        inputs: [...entries, flags.board],
        json: flags.json,
    })
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const swept: Swept[] = []
        for (const entry of entries) {
            const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
            if (!program.debug)
                throw new UserError(
                    "E_VALUE",
                    `--sweep needs the source of ${program.entry}: bytecode has no constants any more.`,
                )
            const file = resolveEntry(entry ?? defaultEntry(cwd), cwd).path
            const constant = findConstant(file, range.name)
            const build = (n: number) => buildWith(file, constant, n, { cwd, signal })
            swept.push({ entry: program.entry, build })
        }
        const { name, from, to } = range
        const report = await sweepProgram(loadVm(), swept, {
            ...{ ...options, signal, name, values: valuesBetween(from, to, VALUES) },
            boards: boardsFor(options.board, flags, cwd),
            onRun: (entry, n) =>
                progress.show(`${swept.length > 1 ? `${entry}: ` : ""}${name} = ${n}`),
        })
        progress.clear()
        await showReport(SWEEP_REPORTS, report, {
            ...{ flags: { ...flags }, cwd, stdout, stderr, style: styleFor(stdout, flags.color) },
        })
        return EXIT.ok
    } finally {
        progress.clear()
    }
}

/** The board that was asked for, and all others with their own pins. */
function boardsFor(asked: Board, flags: BoardFlags, cwd: string): Board[] {
    const others = listBoards().filter(
        ({ id, heapBytes }) => id !== asked.id || heapBytes !== asked.heapBytes,
    )
    return [
        asked,
        ...others.map(({ id }) => {
            const { heap: _, ...rest } = flags
            return readBoardFlags({ ...rest, board: id }, cwd).board
        }),
    ]
}
