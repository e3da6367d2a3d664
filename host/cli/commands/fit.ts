import type { Command } from "commander"
import { FIT_FOR, fitProgram } from "../../api/fit"
import { toJson } from "../../base/json"
import { renderFit } from "../../sinks/terminal/boards/fit-terminal"
import { buildEntry } from "../build-entry"
import { readJobs } from "../check/check-flags"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { addWorldOptions, flagName, givenAgain, type RunFlags } from "../run-options"
import { givenIn, withScenario } from "../scenario/scenario-flag"

interface FitFlags extends Omit<
    RunFlags,
    "board" | "sample" | "untilText" | "failText" | "timeout"
> {
    board?: string[]
    require?: string[]
    jobs?: string
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope fit                                      which boards can run this project's program?
  $ heapscope fit src/main.ts --for 24h
  $ heapscope fit --require pico,esp32s2_bare          exit code 1 unless it fits on both
  $ heapscope fit --board pico --board msr48 --json | jq '.boards[] | {id: .board.id, verdict}'

It fits when a tenth of the heap and a twentieth of the room for programs stay free at its worst moment; it
is tight with less. Exit codes: 0 done, 1 a required board is none it fits, 2 wrong use, 130 interrupted.`

export function addFitCommand(program: Command, act: Act): void {
    const command = program
        .command("fit")
        .description(
            "Runs a program under the limits of each board, and tells on which it fits, by what margin, its worst moment, and why it does not where it does not: heap, room for programs and settings, pins. Says what did not happen in the run.",
        )
        .argument("[entry]", "a .ts source, a .devs file or a project folder")
        .option(
            "--board <id>",
            "a board to look at; give it again for more (default: this package's and the project's)",
            givenAgain,
        )
        .option(
            "--require <ids>",
            "boards that it has to fit, else exit 1: pico,esp32s2_bare",
            (text: string, before: readonly string[] = []) => [...before, ...text.split(",")],
        )
        .option("--for <duration>", "simulated time to run on each", FIT_FOR)
        .option("--jobs <number>", "runs at once (default: as many as there are cores)")
    addWorldOptions(command)
    command
        .option("--json", "print as JSON")
        .option("--quiet", "no progress on stderr")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entry: string | undefined, flags: FitFlags, command: Command) =>
            act(async context =>
                fit(entry, await withScenario(flags, givenIn(command), context), context),
            ),
        )
}

async function fit(
    entry: string | undefined,
    flags: FitFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    const { board: boards, require: required, jobs, seed, world, worldNetwork, scenario } = flags
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
        const report = await fitProgram(
            program,
            {
                ...{ cwd, signal, seed, for: flags.for },
                ...(typeof scenario === "object" && { scenario }),
                ...(boards && { boards }),
                ...(required && { required }),
                ...(jobs !== undefined && { jobs: readJobs(jobs) }),
                ...(world !== undefined && { world }),
                ...(worldNetwork !== undefined && { worldNetwork }),
                onProgress: (run, forMs, which) => progress.showRun(run, forMs, which),
            },
            flagName,
        )
        progress.clear()
        if (flags.json) stdout.write(toJson(report, 2) + "\n")
        else stdout.write(renderFit(report, styleFor(stdout, flags.color)) + "\n")
        if (report.interrupted) return EXIT.interrupted
        return report.passed ? EXIT.ok : EXIT.failed
    } finally {
        progress.clear()
    }
}
