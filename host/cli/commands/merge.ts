import type { Command } from "commander"
import { mergeReports } from "../../analysis/budgets/merge-reports"
import { readCheckReport } from "../../api/check/baselines"
import { toJson } from "../../base/json"
import { renderCheck, renderCheckEnd } from "../../sinks/terminal/check/check-terminal"
import { exitCodeOf, readLevel } from "../check/check-flags"
import type { Act, CommandContext, ExitCode } from "../command-context"
import { styleFor } from "../output"

interface MergeFlags {
    failOn?: string
    json?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope check --board all --shard 1/2 --json > shard-1.json
  $ heapscope check --board all --shard 2/2 --json > shard-2.json
  $ heapscope merge shard-1.json shard-2.json

Exit codes are those of heapscope check.`

export function addMergeCommand(program: Command, act: Act): void {
    program
        .command("merge")
        .summary("put the reports of a check's shards together")
        .description(
            "Puts the reports of heapscope check --shard together: what comes out is what one run would have said.",
        )
        .argument("<report...>", "what check --shard --json printed, each shard once, in any order")
        .option("--fail-on <level>", "error, or warning: what fails (default: error)")
        .option("--json", "print the report as JSON")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((files: string[], flags: MergeFlags) =>
            act(context => Promise.resolve(merge(files, flags, context))),
        )
}

function merge(
    files: readonly string[],
    { failOn, json, color }: MergeFlags,
    { cwd, stdout }: CommandContext,
): ExitCode {
    const level = readLevel(failOn)
    const report = mergeReports(files.map(name => ({ name, report: readCheckReport(cwd, name) })))
    if (json) stdout.write(toJson(report, 2) + "\n")
    else {
        const style = styleFor(stdout, color)
        const checks = report.checks.map(check => `${renderCheck(check, style)}\n`).join("")
        const end = renderCheckEnd(report, style)
        stdout.write(checks + (end === "" ? "" : `\n${end}\n`))
    }
    return exitCodeOf(report, level)
}
