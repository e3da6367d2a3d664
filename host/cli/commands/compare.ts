import { resolve } from "node:path"
import type { Command } from "commander"
import { compareReports } from "../../analysis/compare"
import { UserError } from "../../base/errors"
import { isRecording } from "../../recording/node/is-recording"
import { showReport } from "../../sinks/report-kind"
import { COMPARE_REPORTS, RECORDINGS_REPORTS, SWEEP_REPORTS } from "../../sinks/reports"
import { loadVm } from "../../simulator/node/load-vm"
import { run } from "../../simulator/run"
import { compareTwoRecordings, compareWithin } from "../../tasks/compare-recordings"
import { buildEntry } from "../build-entry"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import {
    addFileOptions,
    addRunOptions,
    flagName,
    readRunFlags,
    type RunFlags,
} from "../run-options"
import { givenIn, withScenario } from "../scenario/scenario-flag"
import { helpHint } from "../wrong-use"
import { sweepPrograms } from "./sweep"

interface CompareFlags extends RunFlags {
    sweep?: string
    out?: string
    svg?: string
    json?: boolean
    quiet?: boolean
    color: boolean
}

/** Flags that say how a comparison is shown, not how programs are run. */
const SHOWING = ["json", "quiet", "color"]

/** Recordings to compare: two, or one that holds two programs. */
type Recordings = readonly [string, string?]

const EXAMPLES = `
Examples:
  $ heapscope compare before.ts after.ts
  $ heapscope compare before.ts after.ts --board esp32s2 --for 10m
  $ heapscope compare old.devs new.devs --json
  $ heapscope compare before.ts after.ts --sweep SIZE=10..2000   from which SIZE on does it pay?
  $ heapscope compare old.ndjson new.ndjson        two recordings, as of real boards
  $ heapscope compare watched.ndjson               the two programs that one recording holds

Exit codes: 0 b ran to its end, 1 b died, 2 wrong use, 130 interrupted.`

export function addCompareCommand(program: Command, act: Act): void {
    const command = addRunOptions(program.command("compare"))
        .description(
            "Runs two programs on the same simulated board for the same time and shows their memory side by side. Of two recordings, of `watch --record` or `sim --record`, it says what differs beyond the error of their figures.",
        )
        .argument("<a>", "the program before: .ts, .devs or a project's folder; or a recording")
        .argument("[b]", "the program after, or the later recording")
        .option(
            "--sweep <range>",
            "run both with a constant that both have at several values, NAME=10..2000: from which on one takes less, and on which boards they die",
        )
    addFileOptions(
        command,
        SWEEP_REPORTS.flatMap(({ flag, text }) =>
            flag === undefined ? [] : [{ flag, text: `with --sweep: ${text}` }],
        ),
    )
        .option("--json", "print the comparison as JSON")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((a: string, b: string | undefined, flags: CompareFlags, command: Command) =>
            act(async context => {
                const recordings = readRecordings(a, b, command, context.cwd)
                if (recordings) return compareRecorded(recordings, flags, context)
                if (b === undefined)
                    throw new UserError(
                        "E_ARGUMENTS",
                        `missing required argument 'b': what ${a} is to be compared with ${helpHint("heapscope compare")}.`,
                    )
                const read = await withScenario(flags, givenIn(command), context)
                const { sweep } = read
                if (sweep !== undefined) return sweepPrograms([a, b], { ...read, sweep }, context)
                checkNoFiles(read)
                return compare([a, b], read, context)
            }),
        )
}

/** Files are written of a sweep alone. @throws UserError naming the flag */
function checkNoFiles(flags: CompareFlags): void {
    for (const name of ["out", "svg"] as const)
        if (flags[name] !== undefined)
            throw new UserError(
                "E_FLAG_CONFLICT",
                `${flagName(name)} goes with --sweep: a comparison itself is printed, with --json as a document.`,
            )
}

async function compare(
    entries: [string, string],
    flags: CompareFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    const options = readRunFlags(flags, cwd, { entry: entries[0], stderr })
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const vm = loadVm()
        const simulate = async (entry: string) => {
            const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
            const result = await run(vm, {
                ...options,
                program,
                signal,
                onProgress: run => progress.showRun(run, options.forMs),
            })
            signal.throwIfAborted()
            return result
        }
        const a = await simulate(entries[0])
        const b = await simulate(entries[1])
        progress.clear()
        const comparison = compareReports(a.report, b.report)
        await showReport(
            COMPARE_REPORTS,
            { comparison, samples: { a: a.samples, b: b.samples } },
            { flags: { ...flags }, cwd, stdout, stderr, style: styleFor(stdout, flags.color) },
        )
        // What a was is the past: "before broken, after mended" is well.
        const hasFailed =
            b.report.outcome.kind === "panicked" || b.report.scenario?.passed === false
        return hasFailed ? EXIT.failed : EXIT.ok
    } finally {
        progress.clear()
    }
}

/**
 * What is named, if it is recordings; undefined for programs.
 * @throws UserError for one of each, or a flag that says how programs are run
 */
function readRecordings(
    a: string,
    b: string | undefined,
    command: Command,
    cwd: string,
): Recordings | undefined {
    const [isA, isB] = [a, b].map(name => name !== undefined && isRecording(resolve(cwd, name)))
    if (!isA && !isB) return undefined
    if (b !== undefined && isA !== isB) {
        const [recording, other] = isA ? [a, b] : [b, a]
        throw new UserError(
            "E_ARGUMENTS",
            `${recording} is a recording and ${other} is none: record that, too, with \`heapscope sim ${other} --record <file>\`, and name both recordings.`,
        )
    }
    const given = command.options
        .map(option => option.attributeName())
        .find(name => !SHOWING.includes(name) && command.getOptionValueSource(name) === "cli")
    if (given !== undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `${flagName(given)} goes with programs to run: what is in a recording has run.`,
        )
    return b === undefined ? [a] : [a, b]
}

/** Compares recordings, and shows what comes of it. */
async function compareRecorded(
    [a, b]: Recordings,
    flags: CompareFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    const options = { cwd, signal, notify: (text: string) => stderr.write(`heapscope: ${text}\n`) }
    const report = await (b === undefined
        ? compareWithin(a, options)
        : compareTwoRecordings([a, b], options))
    await showReport(RECORDINGS_REPORTS, report, {
        ...{ flags: { ...flags }, cwd, stdout, stderr },
        style: styleFor(stdout, flags.color),
    })
    return report.b.deaths > 0 ? EXIT.failed : EXIT.ok
}
