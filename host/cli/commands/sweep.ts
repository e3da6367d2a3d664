import { resolve } from "node:path"
import { readSweep } from "../../analysis/sweep"
import { UserError } from "../../base/errors"
import { listBoards } from "../../boards/node/find-board"
import { loadVm } from "../../simulator/node/load-vm"
import { showReport } from "../../sinks/report-kind"
import { SWEEP_REPORTS } from "../../sinks/reports"
import { buildWith, findConstant, valuesBetween } from "../../tasks/sweep"
import { sweepProgram as sweepOver } from "../../tasks/sweep-program"
import { buildEntry } from "../build-entry"
import { EXIT, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { defaultEntry, readRunFlags, type RunFlags } from "../run-options"

/** Values that are run. */
const VALUES = 8

interface SweepFlags extends RunFlags {
    sweep: string
    json?: boolean
    quiet?: boolean
    color: boolean
}

/** `sim --sweep`: the program with one of its constants at several values. */
export async function sweepProgram(
    entry: string | undefined,
    flags: SweepFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    const range = readSweep(flags.sweep)
    const options = readRunFlags(flags, cwd, { entry, stderr })
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
        if (!program.debug)
            throw new UserError(
                "E_VALUE",
                `--sweep needs the source of ${program.entry}: bytecode has no constants any more.`,
            )
        const file = resolve(cwd, entry ?? defaultEntry(cwd))
        const constant = findConstant(file, range.name)
        const build = (n: number) => buildWith(file, constant, n, { cwd, signal })
        const { name, from, to } = range
        const report = await sweepOver(loadVm(), [{ entry: program.entry, build }], {
            ...{ ...options, signal, name, values: valuesBetween(from, to, VALUES) },
            heaps: heapsOf(options.board.heapBytes),
            onRun: (_, n) => progress.show(`${name} = ${n}`),
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

/** Every size of heap that a board has, and the boards; and the one that was asked for. */
function heapsOf(asked: number) {
    const boards = listBoards()
    const sizes = [...new Set([asked, ...boards.map(({ heapBytes }) => heapBytes)])]
    return sizes
        .sort((a, b) => b - a)
        .map(heapBytes => ({
            heapBytes,
            boards: boards.filter(board => board.heapBytes === heapBytes).map(({ id }) => id),
        }))
}
