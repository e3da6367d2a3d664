import type { Command } from "commander"
import { compareReports } from "../../analysis/compare"
import { showReport } from "../../sinks/report-kind"
import { COMPARE_REPORTS } from "../../sinks/reports"
import { loadVm } from "../../simulator/node/load-vm"
import { run } from "../../simulator/run"
import { buildEntry } from "../build-entry"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { addRunOptions, readRunFlags, type RunFlags } from "../run-options"

interface CompareFlags extends RunFlags {
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope compare before.ts after.ts
  $ heapscope compare before.ts after.ts --board esp32s2 --for 10m
  $ heapscope compare old.devs new.devs --json

Exit codes: 0 b ran to its end, 1 b died, 2 wrong use, 130 interrupted.`

export function addCompareCommand(program: Command, act: Act): void {
    addRunOptions(program.command("compare"))
        .summary("run two programs the same way, show the difference")
        .description(
            "Runs two programs on the same simulated board for the same time and shows their memory side by side.",
        )
        .argument("<a>", "the program before: .ts, .devs or a project's folder")
        .argument("<b>", "the program after")
        .option("--json", "print the comparison as JSON")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((a: string, b: string, flags: CompareFlags) =>
            act(context => compare([a, b], flags, context)),
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
        return b.report.outcome.kind === "panicked" ? EXIT.failed : EXIT.ok
    } finally {
        progress.clear()
    }
}
