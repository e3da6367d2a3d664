import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { Option, type Command } from "commander"
import { checkReport } from "../../analysis/check"
import { runChecks } from "../../api/check"
import { BASELINE_FILE } from "../../api/check/baselines"
import { planConfigured } from "../../api/configured-checks"
import { readConfiguredScenarios } from "../../api/configured-scenarios"
import { CONFIG_FILES, loadConfig, NO_CONFIG } from "../../api/load-config"
import { toJson } from "../../base/json"
import { UserError } from "../../base/errors"
import { sanitize } from "../../base/sanitize"
import { VERSION } from "../../base/version"
import type { CheckReport } from "../../documents/check/report"
import { renderCheck } from "../../sinks/terminal/check/check-terminal"
import { askTrust, askYes } from "../ask-trust"
import { buildEntry } from "../build-entry"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import {
    plannedFiles,
    writePlanned,
    type PipelineKind,
    type PlannedFile,
} from "../init/planned-files"
import {
    findPrograms,
    isOnGitlab,
    missingForPipeline,
    pipelineProject,
} from "../init/project-facts"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { flagName, givenAgain, isProject } from "../run-options"

interface InitFlags {
    board?: string[]
    for?: string
    ci?: PipelineKind
    yes?: boolean
    trustConfig?: boolean
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope init                        measure, show what is to be written, ask
  $ heapscope init --board pico --board esp32s2 --yes
  $ heapscope init --ci gitlab --yes

What is there already is never written over. Exit codes: 0 written, or there already; 1 a program fails
already, which the check will say, too; 2 wrong use, or nobody could be asked; 130 interrupted.`

export function addInitCommand(program: Command, act: Act): void {
    program
        .command("init")
        .description(
            "In a DeviceScript project: measures its programs, and writes heapscope.config.json with budgets (what is taken now and a little more), heapscope.baseline, and a workflow for CI. It shows all of it first.",
        )
        .option(
            "--board <id>",
            "a board to check on, or all; give it again for more (default: as for check)",
            givenAgain,
        )
        .option("--for <duration>", "simulated time that a check runs (default: as for check)")
        .addOption(
            new Option(
                "--ci <kind>",
                "the workflow to write (default: gitlab where the remote is one, else github)",
            ).choices(["github", "gitlab", "none"]),
        )
        .option("--yes", "write without asking")
        .option("--trust-config", "run the project's heapscope.config.ts or .js without asking")
        .option("--json", "print the files as JSON; with --yes they are written")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((flags: InitFlags) => act(context => init(flags, context)))
}

async function init(flags: InitFlags, context: CommandContext): Promise<ExitCode> {
    const { cwd, stdout, stderr } = context
    const { json, yes } = flags
    if (!isProject(cwd))
        throw new UserError(
            "E_NO_PROJECT",
            "there is no project here: go to the folder with its devsconfig.json, or make one with npx devs init.",
        )
    const ask = json ? undefined : askYes(context)
    if (!yes && !json && !ask)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "nobody can be asked here whether to write: say --yes, or --json to see the files.",
        )
    // What is there stays: nobody has to know then what it would say.
    const isThere = (name: string) => existsSync(join(cwd, name))
    const isSetUp = isThere(BASELINE_FILE) && CONFIG_FILES.some(isThere)
    const report = isSetUp ? checkReport([]) : await measureProject(flags, context)
    if (report.interrupted) return EXIT.interrupted
    const project = pipelineProject(cwd)
    const files = plannedFiles(report, {
        ...{ cwd, root: rootOf(cwd, project.folder), project, for: flags.for },
        boards: flags.board ?? [],
        pipeline: flags.ci ?? (isOnGitlab(cwd) ? "gitlab" : "github"),
    })
    const notes = notesOn(report, flags.ci === "none" ? [] : missingForPipeline(cwd, VERSION))
    if (!json) stdout.write(shown(files))
    const isWanted = yes === true || (ask !== undefined && (await ask("Write these? [y/N] ")))
    const written = isWanted ? await writePlanned(files) : []
    if (json)
        stdout.write(
            `${toJson({ schema: "heapscope/init@1", files: files.map(file => asJson(file, written)), notes }, 2)}\n`,
        )
    for (const note of notes) stderr.write(`heapscope: ${sanitize(note)}\n`)
    if (!json) stderr.write(closing(files, written, isWanted))
    return report.passed ? EXIT.ok : EXIT.failed
}

/** Runs what is to be checked, as `check` will. */
async function measureProject(
    { board, for: forTime, trustConfig, json, quiet, color }: InitFlags,
    context: CommandContext,
): Promise<CheckReport> {
    const { cwd, stdout, stderr, signal } = context
    const trust = { isAllowed: trustConfig === true, ask: askTrust(context, json) }
    const config = (await loadConfig(cwd, trust)) ?? NO_CONFIG
    const found = findPrograms(cwd)
    if (found.length === 0 && !config.config.programs)
        throw new UserError(
            "E_NOT_A_PROGRAM",
            "this project has no program: no main.ts here or in src, nor another main*.ts.",
        )
    const planned = planConfigured(
        config.config.programs ? [] : found,
        config,
        { cwd, ...(board && { boards: board }), ...(forTime !== undefined && { for: forTime }) },
        found[0] ?? "",
        flagName,
        await readConfiguredScenarios(config, cwd, trust),
    )
    const style = styleFor(stdout, color)
    const progress = new Progress(stderr, !quiet)
    try {
        return await runChecks(
            planned,
            {
                ...{ cwd, signal },
                onProgress: (run, forMs, which) => progress.showRun(run, forMs, which),
                onChecked: check => {
                    progress.clear()
                    if (!json) stdout.write(`${renderCheck(check, style)}\n`)
                },
            },
            entry => buildEntry(entry, { cwd, signal, stderr }, progress),
        )
    } finally {
        progress.clear()
    }
}

function rootOf(cwd: string, folder: string): string {
    return folder === "" ? cwd : resolve(cwd, ...folder.split("/").map(() => ".."))
}

/** What somebody has to do besides. */
function notesOn({ checks }: CheckReport, missing: readonly string[]): string[] {
    const failing = checks
        .filter(check => !check.passed)
        .map(
            ({ report, failures }) =>
                `${report.program.entry} on ${report.board.id} fails already, and the check will say so: ${failures[0]!.message}`,
        )
    return [...failing, ...missing]
}

/** The most of a file that is shown line by line. */
const MAX_LINES = 90

function shown(files: readonly PlannedFile[]): string {
    return files
        .map(({ name, text, existing }) => {
            if (existing !== undefined)
                return `\n${sanitize(name)}: ${sanitize(existing)} is there, and stays as it is\n`
            const lines = text.trimEnd().split("\n")
            const more = lines.length - MAX_LINES
            const some =
                more > 0 ? [...lines.slice(0, 8), `… ${lines.length - 8} more lines`] : lines
            return `\n${sanitize(name)}:\n${some.map(line => `    ${sanitize(line)}`.trimEnd()).join("\n")}\n`
        })
        .join("")
}

function asJson(file: PlannedFile, written: readonly PlannedFile[]) {
    const { name, text, existing } = file
    return {
        ...{ name, text, written: written.includes(file) },
        ...(existing !== undefined && { existing }),
    }
}

function closing(
    files: readonly PlannedFile[],
    written: readonly PlannedFile[],
    isWanted: boolean,
): string {
    if (!isWanted) return "nothing was written\n"
    if (written.length === 0) return "nothing to write: all of it is there\n"
    const names = written.map(({ name }) => name).join(", ")
    const kept = files.length > written.length ? "; what was there stays as it is" : ""
    return `wrote ${sanitize(names)}${kept}\nnext: commit them, and npx heapscope check\n`
}
