import { resolve } from "node:path"
import { findWorst, DEFAULT_RUNS } from "../../api/worst"
import { UserError } from "../../base/errors"
import { formatBytesExact } from "../../base/format-units"
import { toJson } from "../../base/json"
import { writeWhole } from "../../base/node/write-file"
import { noteWritten } from "../../sinks/files/note-written"
import { filesAskedFor, showReport } from "../../sinks/report-kind"
import { WORST_REPORTS } from "../../sinks/reports"
import { buildEntry } from "../build-entry"
import { checkOutputs } from "../check-outputs"
import { EXIT, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { asSettings, flagName, readRunFlags, type RunFlags } from "../run-options"

export const WORST_OPTIONS = [
    [
        "--worst [runs]",
        `look for the worst that can happen to its memory, in ${DEFAULT_RUNS} runs or so many: bursts, long texts, slow servers, drops, orders; and for the smallest heap that lives through it`,
    ],
    ["--worst-out <file>", "with --worst: write what was found as a scenario, for sim and check"],
] as const

export interface WorstFlags extends RunFlags {
    worst?: string | true
    worstOut?: string
    out?: string
    json?: boolean
    quiet?: boolean
    color: boolean
}

/** `sim --worst`. Exit code 1 when the board's own heap is too small for what was found. */
export async function worstOf(
    entry: string | undefined,
    flags: WorstFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    const runs = readRuns(flags.worst)
    readRunFlags(flags, cwd, { entry, stderr: { write: () => true } })
    checkOutputs(
        cwd,
        { ...filesAskedFor(WORST_REPORTS, { ...flags }), "--worst-out": flags.worstOut },
        { inputs: [entry, flags.board], json: flags.json },
    )
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
        const { settings } = asSettings(flags, cwd, { entry, stderr })
        const report = await findWorst(
            program,
            {
                ...settings,
                ...{ runs, signal },
                onRun: (count, { highWaterLiveBytes }) =>
                    progress.show(
                        `run ${count} of ${runs}, at most ${formatBytesExact(highWaterLiveBytes)} live`,
                    ),
                onHeap: count => progress.show(`the smallest heap, run ${count}`),
            },
            flagName,
        )
        progress.clear()
        if (flags.worstOut !== undefined) {
            const about = `The worst of ${runs} runs of ${program.entry} on ${report.board.id}, found by heapscope sim --worst.`
            const text = toJson({ about, ...report.worst.scenario }, 4)
            await writeWhole(resolve(cwd, flags.worstOut), `${text}\n`)
            noteWritten(stderr, flags.quiet, [flags.worstOut])
        }
        await showReport(WORST_REPORTS, report, {
            ...{ flags: { ...flags }, cwd, stdout, stderr, style: styleFor(stdout, flags.color) },
        })
        const { smallestBytes } = report.heap
        const fits = smallestBytes !== null && smallestBytes <= report.board.heapBytes
        return fits ? EXIT.ok : EXIT.failed
    } finally {
        progress.clear()
    }
}

/** How many runs. @throws UserError for what is none */
function readRuns(given: string | true | undefined): number {
    if (given === true || given === undefined) return DEFAULT_RUNS
    const runs = Number(given)
    if (!/^\d{1,6}$/.test(given) || runs < 2 || runs > 100_000)
        throw new UserError("E_VALUE", `--worst ${given} is no number of runs: 2 to 100000.`)
    return runs
}
