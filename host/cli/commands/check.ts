import { resolve } from "node:path"
import type { Command } from "commander"
import { BASELINE_FILE } from "../../api/check/baselines"
import { runChecks, type RunChecksOptions } from "../../api/check"
import { planConfigured } from "../../api/configured-checks"
import { readConfiguredScenarios } from "../../api/configured-scenarios"
import { LEAKS_FOR } from "../../api/run-settings"
import { loadConfig, NO_CONFIG } from "../../api/load-config"
import { toJson } from "../../base/json"
import { UserError } from "../../base/errors"
import { checkWritable } from "../../base/node/write-file"
import { comparable, type Baseline } from "../../documents/check/baseline"
import { ALL_CHECK_FIGURES } from "../../documents/check/figures"
import type { Check } from "../../documents/check/report"
import { CHECK_REPORTS } from "../../sinks/ci/check-reports"
import type { CheckPictures } from "../../sinks/ci/found-by-check"
import { filesAskedFor, showReport } from "../../sinks/report-kind"
import { renderCheck, renderCheckEnd } from "../../sinks/terminal/check/check-terminal"
import { keepLastCheck } from "../../tasks/last-run"
import { askTrust } from "../ask-trust"
import { buildEntry } from "../build-entry"
import {
    baselineFor,
    exitCodeOf,
    readBudgetFlags,
    readJobs,
    readLevel,
    readShard,
    refuseSeveral,
    writeBaseline,
} from "../check/check-flags"
import { checkPort, refuseOfPort } from "../check/check-port"
import { checkOutputs } from "../check-outputs"
import { folderInRepository } from "../check/repository-folder"
import type { Act, CommandContext, ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { SCENARIO_OPTIONS, withScenario } from "../scenario/scenario-flag"
import {
    addFileOptions,
    defaultEntry,
    flagName,
    givenAgain,
    isProject,
    type RunFlags,
} from "../run-options"

interface CheckFlags extends Omit<RunFlags, "board" | "for" | "sample" | "seed"> {
    board?: string[]
    seed?: string
    for?: string
    budget?: string[]
    maxLive?: string
    maxBoardTime?: string
    maxCalls?: string
    maxFrames?: string
    maxTurn?: string
    accept?: string[]
    filter?: string
    shard?: string
    jobs?: string
    baseline?: string
    base?: string
    against?: string
    updateBaseline?: boolean
    failOn?: string
    out?: string
    markdown?: string
    html?: string
    junit?: string
    annotations?: string
    codeQuality?: string
    port?: string
    exactEvery?: string
    /** False with `--no-exact`. */
    exact?: boolean
    trustConfig?: boolean
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope check                                this project's program, ten simulated minutes on a Pico
  $ heapscope check src/main.ts --board pico --board esp32s2 --max-live 20kB
  $ heapscope check src/main.ts --scenario '{"steps": [{"at": "5s", "wifi": "drop"}]}'   or a file: fails, too, when a step does
  $ heapscope check --budget largestFree=8kB --budget steadyAllocations=0
  $ heapscope check --update-baseline              keep what the programs take now in heapscope.baseline
  $ heapscope check --base main --budget live=+2%  what this branch has changed, and why
  $ heapscope check --board all --for 1h --shard 2/5 --json > shard-2.json
  $ heapscope check --port auto --for 10m          a real board, held to the budgets that it can tell of
  $ heapscope check --html check.html              charts, flame graphs and maps, to keep
  $ heapscope check --markdown "$GITHUB_STEP_SUMMARY" --annotations /dev/stdout

A check fails when the program dies, when something in it never stops growing, or when it takes more
than it may. Of a real board (--port) a budget whose limit is within the figure's error is not told, and
fails, too, unless it is a warning. Exit codes: 0 all passed, 1 one failed, 2 wrong use, 130 interrupted.`

export function addCheckCommand(program: Command, act: Act): void {
    const command = program
        .command("check")
        .description(
            "Runs programs on simulated boards and fails when one dies, leaks, or takes more memory than it may. What is not named here is taken from the folder's heapscope.config.ts, .js or .json.",
        )
        .argument("[entry...]", "programs: .ts sources, .devs files or project folders")
        .option(
            "--board <id>",
            "a board to run on, or all; give it again for more (default: the one that a program imports as @dsboard, else pico, or one that has what the program uses)",
            givenAgain,
        )
        .option(
            "--for <duration>",
            "simulated time to run (default: 10m, and by itself up to 1h while something grows)",
        )
        .option(
            "--budget <figure=limit>",
            `what a figure may be: live=20kB, or live=+2%, live=+256B of the baseline; give it again for more. Figures: ${ALL_CHECK_FIGURES.join(", ")}`,
            givenAgain,
        )
        .option("--max-live <size>", "the most that may be live at once: 20kB, 12KiB, 9000")
        .option("--max-board-time <duration>", "the most time of the board's processor: 500ms")
        .option("--max-calls <number>", "the most calls open at once, of the VM's 100")
        .option("--max-frames <size>", "the most that the frames of open calls may take: 2kB")
        .option("--max-turn <number>", "the most instructions without waiting, of the VM's 131,072")
        .option(
            "--accept <container>",
            "what may grow, by the name that a failed check gives it; give it again for more",
            givenAgain,
        )
        .option("--filter <text>", "only checks with this text in their name: src/main.ts on pico")
        .option(
            "--shard <k/n>",
            "each n-th check from the k-th on: 2/5; heapscope merge puts the reports together",
        )
        .option("--jobs <number>", "runs at once (default: as many as there are cores)")
        .option(
            "--base <ref>",
            "compare with the commit that this branch has in common with another: main",
        )
        .option("--against <report>", "compare with an earlier report of check --json")
        .option(
            "--baseline <file>",
            "compare with this baseline (default: heapscope.baseline, if there is one)",
        )
        .option("--update-baseline", "write what the programs take into the baseline")
        .option("--fail-on <level>", "error, or warning: what fails (default: error)")
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
        .option(
            "--port <port>",
            "check a real board instead, for so much real time: a serial port, auto, or tcp://host:port",
        )
        .option(
            "--exact-every <duration>",
            "with --port: read the whole heap exactly this often, for which the program stands still",
        )
        .option("--no-exact", "with --port: never read it, estimates are wide then")
        .option("--trust-config", "run the project's heapscope.config.ts or .js without asking")
    addFileOptions(command, CHECK_REPORTS)
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
    const { port, exactEvery, exact, ...simulated } = others
    refuseOfPort(port, { ...others })
    const config = await loadConfig(cwd, trust)
    const flags = { ...simulated, ...(trustConfig && { trustConfig }), ...(json && { json }) }
    const read = await withScenario(
        flags,
        flag => flags[flag as keyof typeof flags] !== undefined,
        context,
    )
    const { scenario: loaded, trustConfig: _, json: __, ...known } = read
    const scenario = typeof loaded === "object" ? loaded : undefined
    const {
        budget,
        filter,
        shard,
        jobs,
        baseline,
        base,
        against,
        updateBaseline,
        failOn,
        out,
        markdown,
        html,
        junit,
        annotations,
        codeQuality,
        ...settings
    } = known
    const failsOn = readLevel(failOn)
    const planned = planConfigured(
        entries,
        config ?? NO_CONFIG,
        {
            // Of a real board it is real time, and none is too short.
            ...{ ...(port === undefined ? settings : { ...settings, for: LEAKS_FOR }), cwd },
            ...(scenario && { scenario }),
            ...(boards && { boards }),
            ...(budget && { budgets: readBudgetFlags(budget) }),
            onNotice: text => stderr.write(`heapscope: ${text}\n`),
        },
        defaultEntry(cwd),
        flagName,
        await readConfiguredScenarios(config ?? NO_CONFIG, cwd, trust),
    )
    const isNamed = entries.length > 0 || config?.config.programs || isProject(cwd)
    if (!isNamed && port === undefined)
        throw new UserError(
            "E_NO_PROJECT",
            "there is no project here to check: name a program, or go to the folder with its devsconfig.json.",
        )
    const style = styleFor(stdout, color)
    const progress = new Progress(stderr, !quiet)
    const build = (entry: string) => buildEntry(entry, { cwd, signal, stderr }, progress)
    const files = { out, markdown, html, junit, annotations, codeQuality }
    checkOutputs(cwd, filesAskedFor(CHECK_REPORTS, files), {
        ...{ inputs: [...entries, against], json: json === true },
    })
    if (port !== undefined)
        return checkPort(
            planned,
            {
                ...{ port, json: json === true, quiet: quiet === true, color, failsOn },
                ...(settings.for !== undefined && { for: settings.for }),
                ...(exactEvery !== undefined && { exactEvery }),
                ...(exact !== undefined && { exact }),
                ...(out !== undefined && { out }),
                ...(markdown !== undefined && { markdown }),
                ...(junit !== undefined && { junit }),
            },
            context,
            isNamed ? build : undefined,
        )
    const options: RunChecksOptions = {
        ...{ signal, cwd },
        ...(filter !== undefined && { filter }),
        ...(shard !== undefined && { shard: readShard(shard) }),
        ...(jobs !== undefined && { jobs: readJobs(jobs) }),
        ...(html !== undefined && { pictures: true }),
        onProgress: (run, forMs, which) => progress.showRun(run, forMs, which),
    }
    const given = { baseline, base, against }
    refuseSeveral(given)
    const file = baseline ?? BASELINE_FILE
    if (updateBaseline) checkWritable(resolve(cwd, file))
    try {
        const before = await baselineFor(given, planned, options, {
            ...{ cwd, trust, isNew: updateBaseline === true },
        })
        // What it had is told of, and held against nothing.
        const compared: Baseline | undefined = updateBaseline
            ? { name: file, runs: [], ...before, isReplaced: true }
            : before
        let isFirst = true
        const pictures = new Map<Check, CheckPictures>()
        const report = await runChecks(
            planned,
            {
                ...options,
                ...(compared && { baseline: compared }),
                onChecked: (done, taken) => {
                    progress.clear()
                    if (taken) pictures.set(done, { ...taken, before: comparable(done, compared) })
                    if (!json) stdout.write(renderCheck(done, style) + "\n")
                    isFirst = false
                },
            },
            build,
        )
        progress.clear()
        const { interrupted } = report
        if (!interrupted) keepLastCheck(report, cwd)
        if (updateBaseline && !interrupted)
            await writeBaseline(resolve(cwd, file), report, base ? undefined : before)
        if (json) stdout.write(toJson(report, 2) + "\n")
        else {
            const text = renderCheckEnd(report, style)
            if (text !== "") stdout.write(`${isFirst ? "" : "\n"}${text}\n`)
        }
        if (!interrupted)
            await showReport(
                CHECK_REPORTS,
                { report, pictures, folder: folderInRepository(cwd) },
                { flags: { ...files, quiet }, cwd, stdout, stderr, style },
            )
        if (updateBaseline && !interrupted && !quiet) stderr.write(`wrote ${file}\n`)
        return exitCodeOf(report, failsOn)
    } finally {
        progress.clear()
    }
}
