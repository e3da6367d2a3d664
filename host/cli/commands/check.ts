import type { Command } from "commander"
import { runChecks } from "../../api/check"
import { planConfigured } from "../../api/configured-checks"
import { readConfiguredScenarios } from "../../api/configured-scenarios"
import { loadConfig, NO_CONFIG } from "../../api/load-config"
import { toJson } from "../../base/json"
import { UserError } from "../../base/errors"
import { renderCheck, renderCheckSum } from "../../sinks/terminal/check-terminal"
import { askTrust } from "../ask-trust"
import { buildEntry } from "../build-entry"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { SCENARIO_OPTIONS, withScenario } from "../scenario/scenario-flag"
import { defaultEntry, flagName, isProject, type RunFlags } from "../run-options"

interface CheckFlags extends Omit<RunFlags, "board" | "for" | "sample" | "seed"> {
    board?: string[]
    seed?: string
    for?: string
    maxLive?: string
    maxBoardTime?: string
    maxCalls?: string
    maxFrames?: string
    maxTurn?: string
    accept?: string[]
    trustConfig?: boolean
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope check                                this project's program, ten simulated minutes on a Pico
  $ heapscope check src/main.ts --board pico --board esp32s2 --max-live 20kB
  $ heapscope check --board all --for 1h --json > check.json
  $ heapscope check a.ts b.ts --until-text ready --timeout 60s
  $ heapscope check src/main.ts --scenario rush.scenario.json   fails, too, when a step does

A check fails when the program dies, when something in it never stops growing, or when it takes more
than it may. Exit codes: 0 all passed, 1 one failed, 2 wrong use, 130 interrupted.`

export function addCheckCommand(program: Command, act: Act): void {
    program
        .command("check")
        .summary("fail when a program dies, leaks or takes too much: for CI")
        .description(
            "Runs programs on simulated boards and fails when one dies, leaks, or takes more memory than it may. What is not named here is taken from the folder's heapscope.config.ts, .js or .json.",
        )
        .argument("[entry...]", "programs: .ts sources, .devs files or project folders")
        .option(
            "--board <id>",
            "a board to run on, or all; give it again for more (default: the one that a program imports as @dsboard, else pico, or adafruit_qt_py_c3 for one that needs an I2C bus)",
            (id: string, before: string[] = []) => [...before, id],
        )
        .option(
            "--for <duration>",
            "simulated time to run (default: 10m, and by itself up to 1h while something grows)",
        )
        .option("--max-live <size>", "the most that may be live at once: 20kB, 12KiB, 9000")
        .option("--max-board-time <duration>", "the most time of the board's processor: 500ms")
        .option("--max-calls <number>", "the most calls open at once, of the VM's 100")
        .option("--max-frames <size>", "the most that the frames of open calls may take: 2kB")
        .option("--max-turn <number>", "the most instructions without waiting, of the VM's 131,072")
        .option(
            "--accept <container>",
            "what may grow, by the name that a failed check gives it; give it again for more",
            (name: string, before: string[] = []) => [...before, name],
        )
        .option("--is-simulator", "let isSimulator() be true, as on the official simulator")
        .option("--heap <size>", "impose a heap of this size instead of the board's, up to 64KiB")
        .option("--seed <number>", "seed of all randomness on the board (default: 1)")
        .option(
            "--world <mode>",
            "what the board is connected to: made-up, strict or none (default: made-up)",
        )
        .option(...SCENARIO_OPTIONS[0])
        .option("--until-text <text>", "end a run well as soon as a log line holds this text")
        .option("--fail-text <text>", "fail as soon as a log line holds this text")
        .option("--timeout <duration>", "fail after this much real time for a run")
        .option("--trust-config", "run the project's heapscope.config.ts or .js without asking")
        .option("--json", "print the checks as JSON, each with its report")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entries: string[], flags: CheckFlags) =>
            act(context => check(entries, flags, context)),
        )
}

async function check(
    entries: string[],
    { board: boards, color, quiet, json, trustConfig, ...others }: CheckFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const { cwd, stdout, stderr, signal } = context
    const trust = { isAllowed: trustConfig === true, ask: askTrust(context, json) }
    const config = await loadConfig(cwd, trust)
    const flags = { ...others, ...(trustConfig && { trustConfig }), ...(json && { json }) }
    const read = await withScenario(
        flags,
        flag => flags[flag as keyof typeof flags] !== undefined,
        context,
    )
    const { scenario: loaded, trustConfig: _, json: __, ...settings } = read
    const scenario = typeof loaded === "object" ? loaded : undefined
    const planned = planConfigured(
        entries,
        config ?? NO_CONFIG,
        {
            ...{ ...settings, cwd },
            ...(scenario && { scenario }),
            ...(boards && { boards }),
            onNotice: text => stderr.write(`heapscope: ${text}\n`),
        },
        defaultEntry(cwd),
        flagName,
        await readConfiguredScenarios(config ?? NO_CONFIG, cwd, trust),
    )
    if (entries.length === 0 && !config?.config.programs && !isProject(cwd))
        throw new UserError(
            "E_NO_PROJECT",
            "there is no project here to check: name a program, or go to the folder with its devsconfig.json.",
        )
    const style = styleFor(stdout, color)
    const progress = new Progress(stderr, !quiet)
    try {
        const report = await runChecks(
            planned,
            {
                signal,
                onProgress: (run, forMs, which) => progress.showRun(run, forMs, which),
                onChecked: done => {
                    progress.clear()
                    if (!json) stdout.write(renderCheck(done, style) + "\n")
                },
            },
            entry => buildEntry(entry, { cwd, signal, stderr }, progress),
        )
        progress.clear()
        const { checks, passed, interrupted } = report
        const count = planned.reduce((sum, { runs }) => sum + runs.length, 0)
        if (json) stdout.write(toJson(report, 2) + "\n")
        else if (count > 1 || interrupted)
            stdout.write(
                `${checks.length > 0 ? "\n" : ""}${renderCheckSum(checks, count, style)}\n`,
            )
        if (interrupted) return EXIT.interrupted
        return passed ? EXIT.ok : EXIT.failed
    } finally {
        progress.clear()
    }
}
