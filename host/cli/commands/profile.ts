import { Option, type Command } from "commander"
import { UserError } from "../../base/errors"
import { METRICS, ORDERS, type Metric, type Order } from "../../documents/cost"
import { filesAskedFor, showReport } from "../../sinks/report-kind"
import { PROFILE_DIFFERENCE_REPORTS, PROFILE_REPORTS } from "../../sinks/reports"
import type { Program } from "../../model/program/program"
import { loadVm } from "../../simulator/node/load-vm"
import { keepLastProfile } from "../../tasks/last-run"
import { profileRun } from "../../tasks/profile-run"
import { noteMissingNames } from "../advice-note"
import { buildEntry } from "../build-entry"
import type { Act, CommandContext, ExitCode } from "../command-context"
import { exitCodeOf } from "../exit-code"
import { checkOutputs } from "../check-outputs"
import { styleFor } from "../output"
import {
    differenceFound,
    otherProgram,
    readAgainst,
    sideOf,
    sidesOfMoments,
    type AgainstFlags,
} from "../profile/difference"
import { Progress } from "../progress"
import { givenIn, withScenario } from "../scenario/scenario-flag"
import { addFileOptions, addRunOptions, readRunFlags, readTop, type RunFlags } from "../run-options"

interface ProfileFlags extends RunFlags, AgainstFlags {
    by?: Order
    top: string
    advice?: boolean
    atPeak?: boolean
    temporary?: string
    trace?: string
    histograms?: boolean
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope profile                              this project's src/main.ts, 10 simulated seconds
  $ heapscope profile src/main.ts --for 10m --by live
  $ heapscope profile src/main.ts --by time        which lines take the board's processor
  $ heapscope profile src/main.ts --advice         what to do about it, and what that saves
  $ heapscope profile src/main.ts --at-peak --by live     what the most memory was taken by
  $ heapscope profile src/main.ts --temporary 10          what is made and dropped at once
  $ heapscope profile src/main.ts --histograms            blocks by size and by age
  $ heapscope profile src/main.ts --against src/new.ts    what differs, by line and by function
  $ heapscope profile src/main.ts --base main --flame difference.svg
  $ heapscope profile src/main.ts --from 1m --to 10m      what one run did in between
  $ heapscope profile src/main.ts --flame flame.svg
  $ heapscope profile src/main.ts --lcov lcov.info --by count     how often, in an editor's gutter
  $ heapscope profile src/main.ts --heapprofile run.heapprofile
        then load it in Chrome's DevTools, Memory panel, or at speedscope.app

Exit codes: as for sim. A program that died is shown up to its death.`

export function addProfileCommand(program: Command, act: Act): void {
    const command = addRunOptions(program.command("profile"))
        .description(
            "Runs a program on a simulated board and charges every allocation to its source line and call path: how many bytes, how often, and what of it is live at the end. Beside it stands the board time of each line and function.",
        )
        .argument("[entry]", "a .ts source, a compiled .devs file or a project's folder")
        .addOption(
            new Option(
                "--by <figure>",
                "what to sort by and to draw (default: allocated, or temporary with --temporary)",
            ).choices(ORDERS),
        )
        .option("--top <number>", "rows of each table", "10")
    addFileOptions(command, PROFILE_REPORTS)
        .option("--at-peak", "live is what was live when most was, not what is at the end")
        .option(
            "--temporary <allocations>",
            "tell what was made and dropped within so many allocations: looks at the heap at each of them, and takes its time",
        )
        .option("--histograms", "show blocks by size, by collections lived through, and by age")
        .option("--advice", "say what could take less memory, and what that would save")
        .option("--against <entry>", "what differs from another program, run the same way")
        .option("--base <ref>", "what differs from the commit in common with another branch: main")
        .option("--from <duration>", "what differs from this moment of the run: 10s")
        .option("--to <duration>", "with --from: the second moment, where the run ends")
        .option("--json", "print the profile as JSON")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entry: string | undefined, flags: ProfileFlags, command: Command) =>
            act(async context =>
                profile(
                    entry,
                    {
                        ...(await withScenario(flags, givenIn(command), context)),
                        isForGiven: givenIn(command)("for"),
                    },
                    context,
                ),
            ),
        )
}

async function profile(
    entry: string | undefined,
    given: ProfileFlags & { isForGiven: boolean },
    context: CommandContext,
): Promise<ExitCode> {
    const { cwd, stdout, stderr, signal } = context
    const files = filesAskedFor(PROFILE_REPORTS, { ...given })
    const { against, for: forText } = readAgainst(given, { ...given }, files)
    const flags = { ...given, for: forText }
    const options = readRunFlags(flags, cwd, { entry, stderr })
    const top = readTop(flags.top)
    const temporary = readTemporary(flags.temporary)
    const by = orderOf(flags.by, temporary)
    const drawnBy = metricDrawn(by, files)
    checkOutputs(cwd, files, {
        inputs: [entry, flags.board, flags.against],
        json: flags.json,
    })
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const build = (what: string | undefined) =>
            buildEntry(what, { cwd, signal, stderr }, progress)
        const profileOf = (program: Program) =>
            profileRun(
                loadVm(),
                {
                    ...options,
                    program,
                    signal,
                    advice: !!flags.advice,
                    atPeak: !!flags.atPeak,
                    temporary,
                    trace: flags.trace !== undefined,
                    ...(against?.of === "moments" && { momentMs: against.fromMs }),
                    onProgress: run => progress.showRun(run, options.forMs),
                },
                by,
            )
        const output = {
            flags: { ...flags },
            cwd,
            stdout,
            stderr,
            style: styleFor(stdout, flags.color),
        }
        const program = await build(entry)
        if (flags.advice) noteMissingNames(program, stderr)
        const other =
            against && against.of !== "moments"
                ? await otherProgram(against, entry, { cwd, signal }, build)
                : undefined
        const before = other && sideOf(other.name, await profileOf(other.program))
        const result = await profileOf(program)
        progress.clear()
        if (against) {
            const sides =
                against.of === "moments"
                    ? sidesOfMoments(result, against.fromMs)
                    : ([before!, sideOf(program.entry, result)] as const)
            const found = differenceFound(against.of, ...sides, { by, drawnBy, top })
            await showReport(PROFILE_DIFFERENCE_REPORTS, found, output)
            return exitCodeOf(result, options.untilText)
        }
        const { profile, report: run, texts, samples, allocations } = result
        keepLastProfile(profile, cwd)
        await showReport(
            PROFILE_REPORTS,
            {
                profile,
                view: { run, texts, by, top, histograms: !!flags.histograms },
                drawnBy,
                samples,
                allocations,
            },
            output,
        )
        return exitCodeOf(result, options.untilText)
    } finally {
        progress.clear()
    }
}

/** @throws UserError for what is no number of allocations */
function readTemporary(text: string | undefined): number | undefined {
    if (text === undefined) return undefined
    if (!/^[1-9]\d{0,4}$/.test(text))
        throw new UserError(
            "E_VALUE",
            `--temporary ${text} is no number of allocations: take 1 to 99999.`,
        )
    return Number(text)
}

/** @throws UserError for an order by what was not looked for */
function orderOf(by: Order | undefined, temporary: number | undefined): Order {
    if (by === "temporary" && temporary === undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--by temporary goes with --temporary: say within how many allocations, as --temporary 10.",
        )
    return by ?? (temporary === undefined ? "allocated" : "temporary")
}

/**
 * What frames of the files asked for are sized by.
 * @throws UserError for board time, of which no call path is known
 */
function metricDrawn(by: Order, files: Record<string, string | undefined>): Metric {
    if (by !== "time") return by
    const flag = Object.keys(files).find(name => files[name] !== undefined)
    if (flag === undefined) return "allocated"
    throw new UserError(
        "E_FLAG_CONFLICT",
        `${flag} shows paths of calls, and board time is known by line and by function: take --by ${METRICS.join(", ")}.`,
    )
}
