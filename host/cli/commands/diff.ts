import { resolve } from "node:path"
import type { Command } from "commander"
import { readTime } from "../../api/run-settings"
import { diffSnapshots } from "../../api/snapshots"
import { ProgramError, UserError } from "../../base/errors"
import { showReport } from "../../sinks/report-kind"
import { DIFF_REPORTS } from "../../sinks/reports"
import { formatDuration } from "../../base/format-units"
import type { Snapshot } from "../../documents/snapshot"
import { readSnapshot } from "../../tasks/read-snapshot"
import { takeSnapshots } from "../../tasks/take-snapshots"
import { loadVm } from "../../simulator/node/load-vm"
import { buildEntry } from "../build-entry"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { addBoardOptions, readBoardFlags, readTop, type BoardFlags } from "../run-options"

interface DiffFlags extends BoardFlags {
    from?: string
    to?: string
    top: string
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope diff --from 1m --to 10m              two moments of one run of this project
  $ heapscope diff src/main.ts --from 1m --to 10m --board esp32s2
  $ heapscope diff before.json after.json          two files of \`heapscope snapshot --out\`

Exit codes: 0 fine, 1 the program died before --to, 2 wrong use, 130 interrupted.`

export function addDiffCommand(program: Command, act: Act): void {
    addBoardOptions(program.command("diff"))
        .description(
            "Compares two snapshots: what is new, gone and grown, by what holds it and by class. Either two files, or two moments of one run.",
        )
        .argument("[a]", "a snapshot's file; with --from and --to, the program to run")
        .argument("[b]", "the later snapshot's file")
        .option("--from <duration>", "the first moment of a run, in simulated time")
        .option("--to <duration>", "its second moment")
        .option("--top <number>", "rows of each table", "10")
        .option("--json", "print the difference as JSON")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((a: string | undefined, b: string | undefined, flags: DiffFlags) =>
            act(context => diff(a, b, flags, context)),
        )
}

async function diff(
    a: string | undefined,
    b: string | undefined,
    flags: DiffFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const { cwd, stdout, stderr } = context
    const top = readTop(flags.top)
    const isRun = flags.from !== undefined || flags.to !== undefined
    if (isRun && b !== undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--from and --to are moments of one run: name one program, not two.",
        )
    if (!isRun && (a === undefined || b === undefined))
        throw new UserError(
            "E_ARGUMENTS",
            "Name two files of `heapscope snapshot --out`, or say --from and --to for two moments of one run.",
        )
    const pair = isRun
        ? await takePair(a, flags, context)
        : ([a!, b!].map(name => readSnapshot(resolve(cwd, name), name)) as [Snapshot, Snapshot])
    const report = diffSnapshots(...pair)
    await showReport(
        DIFF_REPORTS,
        { diff: report, top },
        { flags: { ...flags }, cwd, stdout, stderr, style: styleFor(stdout, flags.color) },
    )
    return EXIT.ok
}

/** Two snapshots of one run. @throws ProgramError when one of the moments did not come */
async function takePair(
    entry: string | undefined,
    flags: DiffFlags,
    { cwd, stderr, signal }: CommandContext,
): Promise<[Snapshot, Snapshot]> {
    if (flags.from === undefined || flags.to === undefined)
        throw new UserError("E_FLAG_CONFLICT", "Two moments are needed: say both --from and --to.")
    const from = readTime("--from", flags.from)
    const to = readTime("--to", flags.to)
    if (from >= to)
        throw new UserError(
            "E_VALUE",
            `--from ${flags.from} is not before --to ${flags.to}: swap them.`,
        )
    const options = { ...readBoardFlags(flags, cwd, { entry, stderr }), forMs: to }
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
        const { snapshots, report } = await takeSnapshots(
            loadVm(),
            {
                ...options,
                program,
                signal,
                onProgress: run => progress.showRun(run, to),
            },
            [
                { kind: "time", atMs: from },
                { kind: "time", atMs: to },
            ],
        )
        progress.clear()
        signal.throwIfAborted()
        const [first, second] = snapshots
        if (first && second) return [first, second]
        const { outcome } = report
        throw new ProgramError(
            "E_MOMENT",
            outcome.kind === "panicked"
                ? `${program.entry} died after ${formatDuration(outcome.atMs ?? 0)} (${outcome.panicName}): take an earlier --to.`
                : `${program.entry} has no heap at one of the moments, as it is being restarted: take another.`,
        )
    } finally {
        progress.clear()
    }
}
