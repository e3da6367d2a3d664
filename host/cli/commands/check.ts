import type { Command } from "commander"
import { toJson } from "../../base/json"
import { findBoard, listBoards } from "../../boards/node/find-board"
import { checkReport, checkRun, type Check } from "../../analysis/check"
import { UserError } from "../../base/errors"
import { isLongEnoughForLeaks } from "../../analysis/leaks/sampling-times"
import { renderCheck, renderCheckSum } from "../../sinks/terminal/check-terminal"
import { parseSize } from "../../base/parse-units"
import { loadVm } from "../../simulator/node/load-vm"
import { run } from "../../simulator/run"
import { buildEntry } from "../build-entry"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { isProject, readRunFlags, type RunFlags } from "../run-options"

interface CheckFlags extends Omit<RunFlags, "board" | "sample"> {
    board: string[]
    /** Nobody said how long to run: as long as it takes to tell. */
    isLengthOurs?: boolean
    maxLive?: string
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

A check fails when the program dies, when something in it never stops growing, or when it takes more
than it may. Exit codes: 0 all passed, 1 one failed, 2 wrong use, 130 interrupted.`

/** What still grows is followed this long, when nobody said how long to run: until it stops, or dies. */
const SETTLE_MS = 3_600_000

export function addCheckCommand(program: Command, act: Act): void {
    program
        .command("check")
        .summary("fail when a program dies, leaks or takes too much: for CI")
        .description(
            "Runs programs on simulated boards and fails when one dies, leaks, or takes more memory than it may.",
        )
        .argument("[entry...]", "programs: .ts sources, .devs files or project folders")
        .option(
            "--board <id>",
            "a board to run on, or all; give it again for more (default: the one whose @dsboard a program imports, else pico)",
            (id: string, before: string[]) => [...before, id],
            [] as string[],
        )
        .option(
            "--for <duration>",
            "simulated time to run; by itself up to 1h while something grows",
            "10m",
        )
        .option("--max-live <size>", "the most that may be live at once: 20kB, 12KiB, 9000")
        .option("--heap <size>", "impose a heap of this size instead of the board's, up to 64KiB")
        .option("--seed <number>", "seed of all randomness on the board", "1")
        .option("--until-text <text>", "end a run well as soon as a log line holds this text")
        .option("--fail-text <text>", "fail as soon as a log line holds this text")
        .option("--timeout <duration>", "fail after this much real time for a run")
        .option("--json", "print the checks as JSON, each with its report")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entries: string[], flags: CheckFlags, command: Command) => {
            const isLengthOurs = command.getOptionValueSource("for") === "default"
            return act(context => check(entries, { ...flags, isLengthOurs }, context))
        })
}

async function check(
    entries: string[],
    flags: CheckFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    const runsOf = (entry: string | undefined) =>
        boardsOf(flags.board).map(board => {
            const { board: _, ...others } = flags
            const oneBoard = board === undefined ? others : { ...others, board }
            return readRunFlags(oneBoard, cwd, { entry, stderr })
        })
    const asked = (entries.length > 0 ? entries : [undefined]).map(entry => ({
        entry,
        runs: runsOf(entry),
    }))
    const maxLiveBytes = flags.maxLive === undefined ? undefined : readLimit(flags.maxLive)
    if (!isLongEnoughForLeaks(asked[0]!.runs[0]!.forMs))
        throw new UserError(
            "E_VALUE",
            `--for ${flags.for} is too short to tell a leak: give it 10s at least, 10m rather.`,
        )
    if (entries.length === 0 && !isProject(cwd))
        throw new UserError(
            "E_NO_PROJECT",
            "there is no project here to check: name a program, or go to the folder with its devsconfig.json.",
        )
    const style = styleFor(stdout, flags.color)
    const progress = new Progress(stderr, !flags.quiet)
    const checks: Check[] = []
    try {
        const programs = []
        for (const { entry, runs } of asked)
            programs.push({
                program: await buildEntry(entry, { cwd, signal, stderr }, progress),
                runs,
            })
        const vm = loadVm()
        for (const { program, runs } of programs)
            for (const options of runs) {
                const { report } = await run(vm, {
                    ...{ ...options, program, signal, leaks: true },
                    ...(flags.isLengthOurs && { settleMs: SETTLE_MS }),
                    onProgress: run => progress.showRun(run, options.forMs),
                })
                signal.throwIfAborted()
                const done = checkRun(report, {
                    ...(maxLiveBytes !== undefined && { maxLiveBytes }),
                    ...(options.untilText !== undefined && { untilText: options.untilText }),
                })
                checks.push(done)
                progress.clear()
                if (!flags.json) stdout.write(renderCheck(done, style) + "\n")
            }
    } finally {
        progress.clear()
    }
    const report = checkReport(checks)
    if (flags.json) stdout.write(toJson(report, 2) + "\n")
    else if (checks.length > 1) stdout.write(`\n${renderCheckSum(checks, style)}\n`)
    return report.passed ? EXIT.ok : EXIT.failed
}

/** Undefined stands for the board that the program itself names. */
function boardsOf(ids: string[]): (string | undefined)[] {
    // A name that is none is told, also beside all.
    for (const id of ids) if (id !== "all" && !id.endsWith(".json")) findBoard(id)
    if (ids.includes("all")) return listBoards().map(({ id }) => id)
    return ids.length > 0 ? [...new Set(ids)] : [undefined]
}

function readLimit(text: string): number {
    try {
        return parseSize(text)
    } catch (error) {
        if (error instanceof UserError)
            throw new UserError(error.code, `--max-live: ${error.message}`)
        throw error
    }
}
