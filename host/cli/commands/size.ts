import type { Command } from "commander"
import { sizeDifference } from "../../analysis/size/size-difference"
import { sizeReport } from "../../analysis/size/size-parts"
import { toJson } from "../../base/json"
import { UserError } from "../../base/errors"
import { buildProgram } from "../../compiler/node/build"
import { loadCompiler } from "../../compiler/node/load-compiler"
import { unusedParts } from "../../compiler/unused/unused-parts"
import type { SizeReport } from "../../documents/size/size-report"
import type { Program } from "../../model/program/program"
import { renderSizeTreemap } from "../../sinks/svg/size-treemap"
import { filesAskedFor, showReport, type ReportKind } from "../../sinks/report-kind"
import { renderSize, type SizeView } from "../../sinks/terminal/size/size-terminal"
import { mergeBase, openTree } from "../../tasks/check/git-tree"
import { buildEntry } from "../build-entry"
import { checkOutputs } from "../check-outputs"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { addFileOptions, defaultEntry, readTop } from "../run-options"

interface SizeFlags {
    against?: string
    base?: string
    top: string
    svg?: string
    json?: boolean
    quiet?: boolean
    color: boolean
}

/** Ways to show or keep what takes the flash. */
const SIZE_REPORTS: readonly ReportKind<SizeView>[] = [
    {
        flag: "--svg <file>",
        text: "draw a treemap: a box for each file, in it one for each of its parts",
        render: ({ report }) => renderSizeTreemap(report),
    },
    { isWanted: ({ json }) => !!json, render: ({ report }) => toJson(report, 2) + "\n" },
    { render: renderSize },
]

const EXAMPLES = `
Examples:
  $ heapscope size                                  what takes the flash of this project's program?
  $ heapscope size src/main.ts --svg size.svg
  $ heapscope size after.ts --against before.ts     what differs; it adds up
  $ heapscope size --base main                      what this branch has changed
  $ heapscope size --json | jq '.byFile'

The parts add up to the bytecode file, byte for byte. "kept by" names the functions without which a part would
not be there. Unused are methods that no code names (a class keeps all of its own), variables that nobody reads,
what only those use, and, with 0 B, what the compiler leaves out. To keep it small in CI: heapscope check --budget flash=20kB.`

export function addSizeCommand(program: Command, act: Act): void {
    const command = program
        .command("size")
        .description(
            "Says of every byte of a program's bytecode file what it belongs to: functions, texts, buffers, numbers, services; by file and by library, what keeps each in, what is there twice, what nothing uses, and what differs from another program.",
        )
        .argument("[entry]", "a .ts source, a .devs file or a project folder")
        .option("--against <entry>", "tell what differs from this program")
        .option("--base <ref>", "tell what differs from the commit in common with this branch")
        .option("--top <number>", "rows of each table", "12")
    addFileOptions(command, SIZE_REPORTS)
        .option("--json", "print as JSON")
        .option("--quiet", "no progress on stderr")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entry: string | undefined, flags: SizeFlags) =>
            act(context => size(entry, flags, context)),
        )
}

async function size(
    entry: string | undefined,
    flags: SizeFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const { cwd, stdout, stderr, signal } = context
    if (flags.against !== undefined && flags.base !== undefined)
        throw new UserError("E_FLAG_CONFLICT", "take one of --against and --base.")
    const top = readTop(flags.top)
    checkOutputs(cwd, filesAskedFor(SIZE_REPORTS, { ...flags }), {
        inputs: [entry, flags.against],
        json: flags.json,
    })
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const own = reportOf(await buildEntry(entry, { cwd, signal, stderr }, progress))
        const other = await otherOf(entry, flags, context, progress)
        progress.clear()
        const report = other
            ? { ...own, difference: sizeDifference(other.report, own, other.name) }
            : own
        await showReport(
            SIZE_REPORTS,
            { report, top },
            { flags: { ...flags }, cwd, stdout, stderr, style: styleFor(stdout, flags.color) },
        )
        return EXIT.ok
    } finally {
        progress.clear()
    }
}

/** What takes the flash, and what nothing uses of that. */
function reportOf(program: Program): SizeReport {
    const report = sizeReport(program)
    if (!program.debug) return report
    const { compiler, keepCode } = loadCompiler()
    const unused = unusedParts(compiler.typescript, program, report.parts)
    keepCode()
    return { ...report, ...(unused && { unused }) }
}

/** What it is to be held against, if anything. */
async function otherOf(
    entry: string | undefined,
    { against, base }: SizeFlags,
    { cwd, signal }: CommandContext,
    progress: Progress,
): Promise<{ report: SizeReport; name: string } | undefined> {
    const onProgress = (text: string) => progress.show(text)
    const options = { cwd, signal, onProgress, onWarning: () => undefined }
    if (against !== undefined)
        return { report: sizeReport(await buildProgram(against, options)), name: against }
    if (base === undefined) return undefined
    const tree = await openTree(cwd, await mergeBase(cwd, base))
    try {
        const program = await buildProgram(entry ?? defaultEntry(cwd), {
            ...options,
            cwd: tree.cwd,
        })
        return { report: sizeReport(program), name: `${base} at ${tree.commit.slice(0, 7)}` }
    } finally {
        tree.remove()
    }
}
