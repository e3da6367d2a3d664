import { resolve } from "node:path"
import { Option, type Command } from "commander"
import { toJson } from "../../base/json"
import { writeWhole } from "../../base/node/write-file"
import { METRICS, type Metric } from "../../documents/cost"
import { toFoldedStacks } from "../../sinks/files/folded-stacks"
import { framesOf } from "../../analysis/profile/profile-frames"
import { toHeapProfile } from "../../sinks/files/heap-profile"
import type { ProfileReport } from "../../documents/profile-report"
import { renderFlameGraph } from "../../sinks/svg/flame-graph"
import { renderProfile } from "../../sinks/terminal/profile-terminal"
import { formatBytes, formatCount, formatDuration } from "../../base/format-units"
import { ranMs } from "../../documents/sim-report"
import { loadVm } from "../../simulator/node/load-vm"
import { profileRun } from "../../tasks/profile-run"
import { noteMissingNames } from "../advice-note"
import { buildEntry } from "../build-entry"
import type { Act, CommandContext, ExitCode } from "../command-context"
import { exitCodeOf } from "../exit-code"
import { checkOutputs } from "../check-outputs"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { addRunOptions, readRunFlags, readTop, type RunFlags } from "../run-options"

interface ProfileFlags extends RunFlags {
    by: Metric
    top: string
    heapprofile?: string
    folded?: string
    flame?: string
    advice?: boolean
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope profile                              the order station, 10 simulated seconds
  $ heapscope profile src/main.ts --for 10m --by live
  $ heapscope profile src/main.ts --advice         what to do about it, and what that saves
  $ heapscope profile src/main.ts --flame flame.svg
  $ heapscope profile src/main.ts --heapprofile run.heapprofile
        then load it in Chrome's DevTools, Memory panel, or at speedscope.app

Exit codes: as for sim. A program that died is shown up to its death.`

const METRIC_WORDS: Record<Metric, string> = {
    allocated: "Bytes allocated",
    live: "Live bytes at the end",
    count: "Allocations",
}

export function addProfileCommand(program: Command, act: Act): void {
    addRunOptions(program.command("profile"))
        .summary("who allocates, by source line")
        .description(
            "Runs a program on a simulated board and charges every allocation to its source line and call path: how many bytes, how often, and what of it is live at the end.",
        )
        .argument("[entry]", "a .ts source, a compiled .devs file or a project's folder")
        .addOption(
            new Option("--by <figure>", "what to sort by and to draw")
                .choices(METRICS)
                .default("allocated"),
        )
        .option("--top <number>", "rows of each table", "10")
        .option("--heapprofile <file>", "write a profile for Chrome's DevTools and speedscope")
        .option("--folded <file>", "write folded stacks, as flamegraph.pl reads them")
        .option("--flame <file>", "write a flame graph as an SVG picture")
        .option("--advice", "say what could take less memory, and what that would save")
        .option("--json", "print the profile as JSON")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entry: string | undefined, flags: ProfileFlags) =>
            act(context => profile(entry, flags, context)),
        )
}

async function profile(
    entry: string | undefined,
    flags: ProfileFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const { cwd, stdout, stderr, signal } = context
    const options = readRunFlags(flags, cwd, { entry, stderr })
    const top = readTop(flags.top)
    checkOutputs(
        cwd,
        { "--heapprofile": flags.heapprofile, "--folded": flags.folded, "--flame": flags.flame },
        { inputs: [entry, flags.board], json: flags.json },
    )
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
        if (flags.advice) noteMissingNames(program, stderr)
        const result = await profileRun(
            loadVm(),
            {
                ...options,
                program,
                signal,
                advice: !!flags.advice,
                onProgress: run => progress.showRun(run, options.forMs),
            },
            flags.by,
        )
        progress.clear()
        await writeExports(result.profile, flags, cwd)
        if (flags.json) stdout.write(toJson(result.profile, 2) + "\n")
        else {
            const view = { run: result.report, texts: result.texts, by: flags.by, top }
            stdout.write(renderProfile(result.profile, view, styleFor(stdout, flags.color)) + "\n")
        }
        return exitCodeOf(result, options.untilText)
    } finally {
        progress.clear()
    }
}

async function writeExports(
    profile: ProfileReport,
    flags: ProfileFlags,
    cwd: string,
): Promise<void> {
    const { heapprofile, folded, flame, by } = flags
    const root = framesOf(profile.tree, by)
    if (heapprofile !== undefined)
        await writeWhole(resolve(cwd, heapprofile), toJson(toHeapProfile(root)) + "\n")
    if (folded !== undefined) await writeWhole(resolve(cwd, folded), toFoldedStacks(root))
    if (flame !== undefined) {
        const { program, board } = profile
        const words = {
            title: `${METRIC_WORDS[by]} by call path`,
            subtitle: `${program.entry} on ${board.id}, ${formatDuration(ranMs(profile))} simulated`,
            format: (value: number) =>
                by === "count" ? `${formatCount(value)} allocations` : formatBytes(value),
        }
        await writeWhole(resolve(cwd, flame), renderFlameGraph(root, words))
    }
}
