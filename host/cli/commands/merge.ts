import type { Command } from "commander"
import { mergeReports } from "../../analysis/budgets/merge-reports"
import { readCheckReport } from "../../api/check/baselines"
import { toJson } from "../../base/json"
import { renderCheck, renderCheckEnd } from "../../sinks/terminal/check/check-terminal"
import { CHECK_REPORTS } from "../../sinks/ci/check-reports"
import { filesAskedFor, showReport } from "../../sinks/report-kind"
import { checkOutputs } from "../check-outputs"
import { exitCodeOf, readLevel } from "../check/check-flags"
import { folderInRepository } from "../check/repository-folder"
import type { Act, CommandContext, ExitCode } from "../command-context"
import { styleFor } from "../output"
import { addFileOptions } from "../run-options"

interface MergeFlags {
    quiet?: boolean
    failOn?: string
    json?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope check --board all --shard 1/2 --json > shard-1.json
  $ heapscope check --board all --shard 2/2 --json > shard-2.json
  $ heapscope merge shard-1.json shard-2.json
  $ heapscope merge shard-*.json --markdown "$GITHUB_STEP_SUMMARY" --junit check.xml

Exit codes are those of heapscope check.`

export function addMergeCommand(program: Command, act: Act): void {
    const command = program
        .command("merge")
        .description(
            "Puts the reports of heapscope check --shard together: what comes out is what one run would have said.",
        )
        .argument("<report...>", "what check --shard --json printed, each shard once, in any order")
        .option("--fail-on <level>", "error, or warning: what fails (default: error)")
    addFileOptions(command, CHECK_REPORTS)
        .option("--json", "print the report as JSON")
        .option("--quiet", "do not tell which files were written")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((files: string[], flags: MergeFlags) =>
            act(context => merge(files, flags, context)),
        )
}

async function merge(
    files: readonly string[],
    { failOn, json, color, ...flags }: MergeFlags,
    { cwd, stdout, stderr }: CommandContext,
): Promise<ExitCode> {
    const level = readLevel(failOn)
    const style = styleFor(stdout, color)
    checkOutputs(cwd, filesAskedFor(CHECK_REPORTS, flags), { inputs: files, json: json === true })
    const report = mergeReports(files.map(name => ({ name, report: readCheckReport(cwd, name) })))
    if (json) stdout.write(toJson(report, 2) + "\n")
    else {
        const checks = report.checks.map(check => `${renderCheck(check, style)}\n`).join("")
        const end = renderCheckEnd(report, style)
        stdout.write(checks + (end === "" ? "" : `\n${end}\n`))
    }
    const found = { report, folder: folderInRepository(cwd) }
    await showReport(CHECK_REPORTS, found, { flags, cwd, stdout, stderr, style })
    return exitCodeOf(report, level)
}
