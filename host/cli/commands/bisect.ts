import type { Command } from "commander"
import { bisectChecks } from "../../api/check/bisect-checks"
import { planConfigured } from "../../api/configured-checks"
import { readConfiguredScenarios } from "../../api/configured-scenarios"
import { loadConfig, NO_CONFIG } from "../../api/load-config"
import { toJson } from "../../base/json"
import { renderBisect, triedLine } from "../../sinks/terminal/check/bisect-terminal"
import { askTrust } from "../ask-trust"
import { readBudgetFlags, readJobs } from "../check/check-flags"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { defaultEntry, flagName, givenAgain } from "../run-options"

interface BisectFlags {
    good: string
    bad: string
    board?: string[]
    budget?: string[]
    for?: string
    filter?: string
    jobs?: string
    trustConfig?: boolean
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope bisect --good v1.2.0 --bad HEAD                   since when the check fails
  $ heapscope bisect --good v1.2.0 --bad HEAD --budget live=+0B since when more is live than in v1.2.0
  $ heapscope bisect src/main.ts --good main~40 --bad main --board esp32s2 --for 1m

Commits are built in a folder of their own, which is gone afterwards: the working tree stays as it is.
Exit codes: 0 found, 1 commits that do not compile hide it, 2 wrong use, 130 interrupted.`

export function addBisectCommand(program: Command, act: Act): void {
    program
        .command("bisect")
        .description(
            "Finds the commit from which on a check fails, by halves, and says what of its figures that commit changed, by line. Programs, boards and budgets are as for check; a relative budget is held against the good commit.",
        )
        .argument("[entry...]", "programs: .ts sources or project folders")
        .requiredOption("--good <ref>", "a commit at which the check passes: v1.2.0, main~20")
        .requiredOption("--bad <ref>", "a later one at which it fails: HEAD")
        .option("--board <id>", "a board to run on, or all; give it again for more", givenAgain)
        .option(
            "--budget <figure=limit>",
            "as for check: live=20kB, live=+0B of the good commit; give it again for more",
            givenAgain,
        )
        .option("--for <duration>", "simulated time to run (default: as for check)")
        .option("--filter <text>", "only checks with this text in their name: src/main.ts on pico")
        .option("--jobs <number>", "runs at once (default: as many as there are cores)")
        .option("--trust-config", "run the project's heapscope.config.ts or .js without asking")
        .option("--json", "print what was found as JSON")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entries: string[], flags: BisectFlags) =>
            act(context => bisect(entries, flags, context)),
        )
}

async function bisect(
    entries: string[],
    {
        good,
        bad,
        board,
        budget,
        filter,
        jobs,
        trustConfig,
        json,
        quiet,
        color,
        ...flags
    }: BisectFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    const trust = {
        isAllowed: trustConfig === true,
        ask: askTrust({ stderr, signal }, json),
    }
    const config = (await loadConfig(cwd, trust)) ?? NO_CONFIG
    const planned = planConfigured(
        entries,
        config,
        {
            ...{ ...flags, cwd },
            ...(board && { boards: board }),
            ...(budget && { budgets: readBudgetFlags(budget) }),
        },
        defaultEntry(cwd),
        flagName,
        await readConfiguredScenarios(config, cwd, trust),
    )
    const style = styleFor(stdout, color)
    const progress = new Progress(stderr, !quiet)
    try {
        const report = await bisectChecks(planned, {
            ...{ good, bad, cwd, signal },
            ...(filter !== undefined && { filter }),
            ...(jobs !== undefined && { jobs: readJobs(jobs) }),
            onProgress: (run, forMs, which) => progress.showRun(run, forMs, which),
            onTried: (tried, left) => {
                progress.clear()
                if (!quiet) stderr.write(`${triedLine(tried, left)}\n`)
            },
        })
        progress.clear()
        stdout.write(`${json ? toJson(report, 2) : renderBisect(report, style)}\n`)
        return report.culprits.length === 1 ? EXIT.ok : EXIT.failed
    } finally {
        progress.clear()
    }
}
