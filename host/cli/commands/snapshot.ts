import type { Command } from "commander"
import { DEFAULT_AT, planSnapshot, snapshotIn } from "../../api/snapshots"
import { UserError } from "../../base/errors"
import { HeapHistory } from "../../analysis/snapshot/heap-history"
import { takeSnapshots } from "../../tasks/take-snapshots"
import { filesAskedFor } from "../../sinks/report-kind"
import { SNAPSHOT_REPORTS } from "../../sinks/reports"
import { Adviser } from "../../tasks/adviser"
import { loadVm } from "../../simulator/node/load-vm"
import { noteMissingNames } from "../advice-note"
import { buildEntry } from "../build-entry"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { checkOutputs } from "../check-outputs"
import { Progress } from "../progress"
import { givenIn, withScenario } from "../scenario/scenario-flag"
import {
    addBoardOptions,
    addFileOptions,
    asSettings,
    flagName,
    readTop,
    type BoardFlags,
} from "../run-options"
import { showSnapshot, type SnapshotOutputFlags } from "../show-snapshot"
import { snapshotEmulated } from "../board/snapshot-emulated"
import { snapshotPort } from "../board/snapshot-port"

interface SnapshotFlags extends BoardFlags, SnapshotOutputFlags {
    port?: string
    emulator?: string
    program?: string
    at?: string
    atPanic?: boolean
    atText?: string
    atAllocation?: string
    atGc?: string
    for?: string
    top: string
    mapOverTime?: string
    advice?: boolean
    quiet?: boolean
}

/** How long to wait for a death or a text when nobody says. */
const DEFAULT_FOR = "24h"

const EXAMPLES = `
Examples:
  $ heapscope snapshot --at 5m                     this project's src/main.ts after 5 simulated minutes
  $ heapscope snapshot src/main.ts --at-panic      what was on the heap when the program died
  $ heapscope snapshot src/main.ts --at-text "ready" --out ready.json
  $ heapscope snapshot --at-allocation 84211       what there was when that block was made
  $ heapscope snapshot src/main.ts --at 1h --heapsnapshot heap.heapsnapshot
        then load it in Chrome's DevTools, Memory panel
  $ heapscope snapshot src/main.ts --at-panic --map heap.svg --map-over-time time.svg
  $ heapscope snapshot --port auto --program src/main.ts   a real board's, now
  $ heapscope snapshot src/main.ts --emulator firmware.uf2 --at 10s
        on the Pico's real firmware, emulated; compared with the emulated chip's memory

Exit codes: 0 fine, 1 the moment did not come, 2 wrong use, 130 interrupted.`

export function addSnapshotCommand(program: Command, act: Act): void {
    const command = addBoardOptions(program.command("snapshot"))
        .description(
            "Runs a program on a simulated board to a moment and shows every object on its heap: what it is, what keeps it, and what would be freed with it. Looking changes nothing in the run. With --port, the same of a real board whose program has the agent: it stands still while its heap is read.",
        )
        .argument(
            "[entry]",
            "a .ts source, a compiled .devs file or a project's folder (default: src/main.ts of this project, or the order station)",
        )
        .option("--port <port>", "of a real board, now: a serial port, auto, or tcp://host:port")
        .option(
            "--emulator <file.uf2>",
            "of a board with its real firmware, emulated (RP2040): read over its wire, and compared with the chip's memory",
        )
        .option("--program <entry>", "with --port: what runs on the board, to name its objects")
        .option("--at <duration>", `the moment, in simulated time (default: ${DEFAULT_AT})`)
        .option("--at-panic", "the moment the program dies")
        .option("--at-text <text>", "the moment a log line first holds this text")
        .option(
            "--at-allocation <number>",
            "right after this allocation of the run, counted from 1: nothing holds its block yet",
        )
        .option("--at-gc <number>", "right after this collection of the run, counted from 1")
        .option(
            "--for <duration>",
            `longest simulated time to wait for a moment that is no time (default: ${DEFAULT_FOR})`,
        )
        .option("--top <number>", "rows of each table", "10")
    addFileOptions(command, SNAPSHOT_REPORTS)
        .option(
            "--advice",
            "say what could take less memory at that moment, and what that would save",
        )
        .option("--json", "print the snapshot as JSON")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entry: string | undefined, flags: SnapshotFlags, command: Command) =>
            act(async context => {
                const isGiven = givenIn(command)
                const said = await withScenario(flags, isGiven, context)
                return snapshot(entry, isGiven("for") ? said : atEndOfScenario(said), context)
            }),
        )
}

async function snapshot(
    entry: string | undefined,
    flags: SnapshotFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const { port } = flags
    const { cwd, stderr, signal } = context
    checkOutputs(cwd, filesAskedFor(SNAPSHOT_REPORTS, { ...flags }), {
        inputs: [entry, flags.program, flags.board],
        json: flags.json,
    })
    if (port !== undefined && flags.emulator !== undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--port is one board and --emulator another: leave one of them out.",
        )
    if (port !== undefined) {
        refuseSimulated(entry, flags)
        return snapshotPort({ ...flags, port }, context)
    }
    if (flags.emulator !== undefined) {
        refuseOtherMoments(flags)
        const { emulator, at = DEFAULT_AT } = flags
        return snapshotEmulated(entry ?? flags.program, { ...flags, emulator, at }, context)
    }
    if (flags.program !== undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--program goes with --port: a simulated board's program is the argument.",
        )
    const top = readTop(flags.top)
    const { settings, entry: named } = asSettings(flags, cwd, { entry, stderr })
    const planned = planSnapshot({ ...settings, ...momentOf(flags) }, named, momentName)
    const { moment } = planned
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
        if (flags.advice) noteMissingNames(program, stderr)
        const adviser = flags.advice ? new Adviser(program) : undefined
        const history = flags.mapOverTime === undefined ? undefined : new HeapHistory()
        const looks = await takeSnapshots(
            loadVm(),
            {
                ...planned.settings,
                program,
                signal,
                ...(history && { history }),
                ...adviser?.hooks({}),
                onProgress: run => progress.showRun(run, planned.settings.forMs),
            },
            [moment],
        )
        progress.clear()
        signal.throwIfAborted()
        const taken = snapshotIn(looks, planned, momentName)
        const note = moment.kind === "panic" ? looks.report.outcome.message : undefined
        await showSnapshot(taken, flags, context, {
            top,
            ...(note !== undefined && { note }),
            ...(history && { history: history.rows }),
            ...(adviser && { advice: adviser.advice(looks.report) }),
        })
        return EXIT.ok
    } finally {
        progress.clear()
    }
}

/** Of an emulated board the time alone can be told. @throws UserError for another moment */
function refuseOtherMoments(flags: SnapshotFlags): void {
    const { atPanic, atText, atAllocation, atGc, mapOverTime, heap, advice, scenario } = flags
    const others = { atPanic, atText, atAllocation, atGc, for: flags.for }
    for (const [name, value] of Object.entries({ ...others, mapOverTime, heap, advice, scenario }))
        if (value !== undefined)
            throw new UserError(
                "E_FLAG_CONFLICT",
                `${flagName(name)} goes with a simulated board: --emulator shows one with its real firmware, at a time (--at).`,
            )
}

/** @throws UserError for what says something of a simulation */
function refuseSimulated(entry: string | undefined, flags: SnapshotFlags): void {
    const { at, atPanic, atText, atAllocation, atGc } = flags
    const { mapOverTime, heap, advice, scenario } = flags
    if (entry !== undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `--port is a real board: name what runs on it with --program ${entry}.`,
        )
    const moments = { at, atPanic, atText, atAllocation, atGc, for: flags.for }
    const simulated = { ...moments, mapOverTime, heap, advice, scenario }
    for (const [name, value] of Object.entries(simulated))
        if (value !== undefined)
            throw new UserError(
                "E_FLAG_CONFLICT",
                `${flagName(name)} goes with a simulated board: --port shows a real one as it is now.`,
            )
}

/** A scenario says how long it takes: where no other moment is named, the snapshot is of its end. */
function atEndOfScenario(flags: SnapshotFlags): SnapshotFlags {
    const { for: length, ...others } = flags
    if (length === undefined || flags.atPanic || flags.atText !== undefined) return flags
    return { at: length, ...others }
}

/** The moment the flags name, as the settings have it. @throws UserError for two */
function momentOf({ at, atPanic, atText, atAllocation, atGc, for: given }: SnapshotFlags) {
    const within = given ?? DEFAULT_FOR
    const named = [at, atPanic, atText, atAllocation, atGc].filter(flag => flag !== undefined)
    if (named.length > 1)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "Choose one of --at, --at-panic, --at-text, --at-allocation and --at-gc.",
        )
    if (atPanic) return { at: { panic: true } as const, within }
    if (atText !== undefined) return { at: { text: atText }, within }
    if (atAllocation !== undefined) return { at: { allocation: atAllocation }, within }
    if (atGc !== undefined) return { at: { collection: atGc }, within }
    if (given !== undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--for is how long to wait for --at-panic, --at-text, --at-allocation or --at-gc: say one, or --at.",
        )
    return { at: at ?? DEFAULT_AT }
}

/** What is called otherwise on the command line. */
const momentName = (setting: string) => flagName(setting === "within" ? "for" : setting)
