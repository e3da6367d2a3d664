import { resolve } from "node:path"
import type { Command } from "commander"
import { writeWhole } from "../../base/node/write-file"
import { ProgramError, UserError } from "../../base/errors"
import { renderHeapHistory } from "../../sinks/svg/heap-history-svg"
import { formatDuration } from "../../base/format-units"
import { HeapHistory } from "../../analysis/snapshot/heap-history"
import { takeSnapshots, type SnapshotRun, type Moment } from "../../tasks/take-snapshots"
import { Adviser } from "../../tasks/adviser"
import { loadVm } from "../../simulator/node/load-vm"
import { noteMissingNames } from "../advice-note"
import { buildEntry } from "../build-entry"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { checkOutputs } from "../check-outputs"
import { Progress } from "../progress"
import {
    addBoardOptions,
    notEmpty,
    readBoardFlags,
    readTime,
    readTop,
    type BoardFlags,
} from "../run-options"
import { showSnapshot, type SnapshotOutputFlags } from "../show-snapshot"
import { snapshotPort } from "../snapshot-port"

interface SnapshotFlags extends BoardFlags, SnapshotOutputFlags {
    port?: string
    program?: string
    at?: string
    atPanic?: boolean
    atText?: string
    for?: string
    top: string
    mapOverTime?: string
    advice?: boolean
    quiet?: boolean
}

/** When no moment is named. */
const DEFAULT_AT = "10s"
/** How long to wait for a death or a text when nobody says. */
const DEFAULT_FOR = "24h"

const EXAMPLES = `
Examples:
  $ heapscope snapshot --at 5m                     the order station after 5 simulated minutes
  $ heapscope snapshot src/main.ts --at-panic      what was on the heap when the program died
  $ heapscope snapshot src/main.ts --at-text "ready" --out ready.json
  $ heapscope snapshot src/main.ts --at 1h --heapsnapshot heap.heapsnapshot
        then load it in Chrome's DevTools, Memory panel
  $ heapscope snapshot src/main.ts --at-panic --map heap.svg --map-over-time time.svg
  $ heapscope snapshot --port auto --program src/main.ts   a real board's, now

Exit codes: 0 fine, 1 the moment did not come, 2 wrong use, 130 interrupted.`

export function addSnapshotCommand(program: Command, act: Act): void {
    addBoardOptions(program.command("snapshot"))
        .summary("what is on the heap and what keeps it there")
        .description(
            "Runs a program on a simulated board to a moment and shows every object on its heap: what it is, what keeps it, and what would be freed with it. Looking changes nothing in the run. With --port, the same of a real board whose program has the agent: it stands still while its heap is read.",
        )
        .argument(
            "[entry]",
            "a .ts source, a compiled .devs file or a project's folder (default: src/main.ts of this project, or the order station)",
        )
        .option("--port <port>", "of a real board, now: a serial port, auto, or tcp://host:port")
        .option("--program <entry>", "with --port: what runs on the board, to name its objects")
        .option("--at <duration>", `the moment, in simulated time (default: ${DEFAULT_AT})`)
        .option("--at-panic", "the moment the program dies")
        .option("--at-text <text>", "the moment a log line first holds this text")
        .option(
            "--for <duration>",
            `longest simulated time to wait for --at-panic or --at-text (default: ${DEFAULT_FOR})`,
        )
        .option("--top <number>", "rows of each table", "10")
        .option("--out <file>", "write the snapshot as JSON to a file, which `diff` reads")
        .option("--heapsnapshot <file>", "write it for Chrome's DevTools")
        .option("--map <file>", "draw the heap by address as an SVG picture")
        .option(
            "--map-over-time <file>",
            "draw the heap by address from the start to this moment as an SVG picture",
        )
        .option(
            "--advice",
            "say what could take less memory at that moment, and what that would save",
        )
        .option("--json", "print the snapshot as JSON")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entry: string | undefined, flags: SnapshotFlags) =>
            act(context => snapshot(entry, flags, context)),
        )
}

async function snapshot(
    entry: string | undefined,
    flags: SnapshotFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const { port } = flags
    const { cwd, stderr, signal } = context
    checkOutputs(
        cwd,
        {
            "--out": flags.out,
            "--heapsnapshot": flags.heapsnapshot,
            "--map": flags.map,
            "--map-over-time": flags.mapOverTime,
        },
        { inputs: [entry, flags.program, flags.board], json: flags.json },
    )
    if (port !== undefined) {
        refuseSimulated(entry, flags)
        return snapshotPort({ ...flags, port }, context)
    }
    if (flags.program !== undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--program goes with --port: a simulated board's program is the argument.",
        )
    const { moment, forMs } = readMoment(flags)
    const top = readTop(flags.top)
    const options = { ...readBoardFlags(flags, cwd, { entry, stderr }), forMs }
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
        if (flags.advice) noteMissingNames(program, stderr)
        const adviser = flags.advice ? new Adviser(program) : undefined
        const history = flags.mapOverTime === undefined ? undefined : new HeapHistory()
        const looks = await takeSnapshots(
            loadVm(),
            {
                ...options,
                program,
                signal,
                ...(history && { history }),
                ...adviser?.hooks({}),
                onProgress: run => progress.showRun(run, options.forMs),
            },
            [moment],
        )
        progress.clear()
        signal.throwIfAborted()
        const [taken] = looks.snapshots
        if (!taken) throw new ProgramError("E_MOMENT", whyNot(moment, looks, forMs))
        if (flags.mapOverTime !== undefined && history)
            await writeWhole(
                resolve(cwd, flags.mapOverTime),
                renderHeapHistory(history.rows, taken),
            )
        const note = moment.kind === "panic" ? looks.report.outcome.message : undefined
        await showSnapshot(taken, top, flags, context, {
            ...(note !== undefined && { note }),
            ...(adviser && { advice: adviser.advice(looks.report) }),
        })
        return EXIT.ok
    } finally {
        progress.clear()
    }
}

/** @throws UserError for what says something of a simulation */
function refuseSimulated(entry: string | undefined, flags: SnapshotFlags): void {
    const { at, atPanic, atText, mapOverTime, heap, advice } = flags
    if (entry !== undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `--port is a real board: name what runs on it with --program ${entry}.`,
        )
    const simulated = { at, atPanic, atText, for: flags.for, mapOverTime, heap, advice }
    for (const [name, value] of Object.entries(simulated))
        if (value !== undefined)
            throw new UserError(
                "E_FLAG_CONFLICT",
                `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)} goes with a simulated board: --port shows a real one as it is now.`,
            )
}

/** The one moment the flags name, and how long to run for it. @throws UserError for two */
function readMoment(flags: SnapshotFlags): { moment: Moment; forMs: number } {
    const { at, atPanic, atText } = flags
    const named = [at, atPanic, atText].filter(flag => flag !== undefined)
    if (named.length > 1)
        throw new UserError("E_FLAG_CONFLICT", "Choose one of --at, --at-panic and --at-text.")
    if (atPanic || atText !== undefined) {
        const forMs = readTime("--for", flags.for ?? DEFAULT_FOR)
        if (atText === undefined) return { moment: { kind: "panic" }, forMs }
        return { moment: { kind: "text", text: notEmpty("--at-text", atText) }, forMs }
    }
    if (flags.for !== undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--for is how long to wait for --at-panic or --at-text: say one, or --at.",
        )
    const atMs = readTime("--at", at ?? DEFAULT_AT)
    return { moment: { kind: "time", atMs }, forMs: atMs }
}

/** Why there is no snapshot, and what to do. */
function whyNot(moment: Moment, { report }: SnapshotRun, forMs: number): string {
    const { outcome, program } = report
    const died = outcome.kind === "panicked"
    const end = formatDuration(outcome.atMs ?? forMs)
    if (died)
        return `${program.entry} died after ${end} (${outcome.panicName}), before that moment: --at-panic shows its heap then.`
    if (moment.kind === "time")
        return `${program.entry} has no heap at that moment, as it is being restarted: take another --at.`
    const what = moment.kind === "panic" ? "did not die" : "did not log that text"
    return outcome.kind === "finished"
        ? `${program.entry} ${what}: it came to its end after ${end}.`
        : `${program.entry} ${what} in ${end}: give it longer with --for.`
}
