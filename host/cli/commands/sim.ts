import { resolve } from "node:path"
import type { Command } from "commander"
import { forAim, hasAim, readAim, type AimFlags } from "../../api/aim"
import { checkLongEnough, LEAKS_FOR } from "../../api/run-settings"
import { UserError } from "../../base/errors"
import type { SimReport } from "../../documents/sim-report"
import type { WorldRecord } from "../../documents/world-record"
import { lessonTeacher } from "../../tasks/lesson/lesson-teacher"
import { LiveSimulation } from "../../tasks/watch/live-simulation"
import { SimulationEvents } from "../../tasks/simulation-events"
import type { Sink } from "../../model/flow"
import { LogFile } from "../../sinks/files/log-file"
import { recordingFile } from "../../sinks/files/recording-file"
import { closeAll, openSinks, through } from "../../sinks/sink-kind"
import { filesAskedFor, showReport } from "../../sinks/report-kind"
import { SIM_REPORTS } from "../../sinks/reports"
import { livePage } from "../../sinks/web/page-sink"
import type { SimReportExtras } from "../../sinks/terminal/sim-terminal"
import { terminalScreen } from "../../sinks/terminal/screen"
import { CLI_VERSION } from "../../compiler/cli-version"
import { loadVm } from "../../simulator/node/load-vm"
import { adviseRun } from "../../tasks/advice-run"
import type { Shown } from "../../model/shown"
import { run, type RunResult } from "../../simulator/run"

import { noteMissingNames } from "../advice-note"
import { buildEntry } from "../build-entry"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { exitCodeOf } from "../exit-code"
import { KeptRun } from "../kept-run"
import { checkOutputs } from "../check-outputs"
import { noteWritten } from "../../sinks/files/note-written"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { screenKeys } from "../../sinks/screen-keys"
import { serveEmulated } from "../board/serve-emulated"
import { checkServeAddress, checkServeFlags, serveBoard } from "../board/serve-board"
import {
    played,
    readPlayed,
    WORLD_RECORD_OPTIONS,
    WorldRecording,
    type WorldRecordFlags,
} from "../world-record"
import { asIncident, INCIDENT_OPTION, readIncident, tellAgain } from "../incident"
import { DisplayShots, SHOW_OPTIONS, type ShowFlags } from "../show-displays"
import {
    addAimOptions,
    addFileOptions,
    addRunOptions,
    readRunFlags,
    type RunFlags,
    flagName,
} from "../run-options"
import { WORST_OPTIONS, worstOf, type WorstFlags } from "../scenario/worst"
import { SnapshotFolder, SNAPSHOTS_OPTION } from "../scenario/snapshot-folder"
import { givenIn, withScenario } from "../scenario/scenario-flag"
import { sweepPrograms } from "./sweep"

interface SimFlags
    extends
        RunFlags,
        WorldRecordFlags,
        ShowFlags,
        AimFlags,
        Pick<WorstFlags, "worst" | "worstOut"> {
    samples?: boolean
    as?: string
    leaks?: boolean
    advice?: boolean
    realtime?: boolean
    live?: boolean
    web?: string | true
    log?: string
    record?: string
    snapshots?: string
    serve?: string
    emulator?: string
    sweep?: string
    out?: string
    svg?: string
    json?: boolean
    quiet?: boolean
    color: boolean
}

/** A live run lasts until somebody quits. */
const ENDLESS_MS = Number.MAX_SAFE_INTEGER

const EXAMPLES = `
Examples:
  $ heapscope sim                                  this project's src/main.ts on a Pico, 10 simulated seconds
  $ heapscope sim src/main.ts --board esp32s2 --for 24h
  $ heapscope sim src/main.ts --leaks              does anything grow without an end, and where?
  $ heapscope sim src/main.ts --advice             what to do about it, and what that saves
  $ heapscope sim src/main.ts --advice --until esp32s2_bare   the simplest changes that are enough
  $ heapscope sim src/main.ts --heap 40KiB --until-text "ready" --timeout 30s
  $ heapscope sim src/main.ts --json --samples > run.json
  $ heapscope sim bytecode.devs --live             watch it in real time until Ctrl-C
  $ heapscope sim src/main.ts --show --png screen.png --at 1m
  $ heapscope sim src/main.ts --record-world w.ndjson   and --play-world w.ndjson: the same run again
  $ heapscope sim src/main.ts --scenario '{"steps": [{"at": "5s", "wifi": "drop"}]}'   or a file: what happens, and when
  $ heapscope sim src/main.ts --worst --worst-out worst.scenario.json   what would kill it?
  $ heapscope sim src/main.ts --sweep SIZE=10..2000   how far does it go, and on which board?
  $ heapscope sim src/main.ts --as incidents/kitchen.json   as a board in the field, which died (fleet --incidents)
  $ heapscope sim --serve tcp://127.0.0.1:8082     a board for other programs to connect to
  $ heapscope sim --serve tcp://127.0.0.1:8082 --emulator firmware.uf2 --sample 1s   with the Pico's real firmware

Exit codes: 0 fine, 1 the program died, has a leak (--leaks) or a text did not meet its expectation, 2 wrong use, 130 interrupted.`

export function addSimCommand(program: Command, act: Act): void {
    const command = addRunOptions(program.command("sim"))
        .description(
            "Runs a DeviceScript program on the official VM under a board's memory limits, in simulated time, and reports its memory to the byte.",
        )
        .argument(
            "[entry]",
            "a .ts source, a compiled .devs file or a project's folder (default: src/main.ts of this project, or the order station)",
        )
        .option(
            "--leaks",
            `name what never stops growing and the line that fills it; exit 1 if there is any (runs ${LEAKS_FOR} unless --for says otherwise)`,
        )
        .option(
            "--advice",
            "say what could take less memory: the lesson that shows how, and what it would save",
        )
    addAimOptions(command)
        .option("--samples", "put the samples into the --json report")
        .option(
            "--sweep <range>",
            "run with a constant of the program at several values, NAME=10..2000: bytes, board time, and from which value on each size of heap is too small",
        )
        .option("--realtime", "let simulated time pass no faster than real time")
        .option(
            "--live",
            "watch the run in real time until Ctrl-C; without a terminal, like an ordinary run",
        )
        .option(
            livePage.flag!,
            "with --live: serve a page that shows it, too, and print its address",
        )
        .option("--log <file>", "write every line of the program's log to a file")
        .option(
            "--record <file>",
            "write every event as it comes, for `watch --replay`; packed if its name ends in .gz",
        )
        .option(
            "--serve <address>",
            "be a board on the network, in real time until Ctrl-C: tcp://127.0.0.1:0 takes a free port",
        )
        .option(
            "--emulator <file.uf2>",
            "with --serve: run this, the board's real firmware, on an emulated RP2040; --sample then tells its heap so often, out of the chip's memory",
        )
        .option(...SHOW_OPTIONS[0])
        .option(...SHOW_OPTIONS[1])
        .option(...SHOW_OPTIONS[2])
        .option(...WORLD_RECORD_OPTIONS[0])
        .option(...WORLD_RECORD_OPTIONS[1])
        .option(...INCIDENT_OPTION)
        .option(...SNAPSHOTS_OPTION)
        .option(...WORST_OPTIONS[0])
        .option(...WORST_OPTIONS[1])
    addFileOptions(command, SIM_REPORTS)
        .option("--json", "print the report as JSON")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entry: string | undefined, flags: SimFlags, command: Command) => {
            if (flags.leaks && command.getOptionValueSource("for") === "default")
                flags.for = LEAKS_FOR
            const isGiven = givenIn(command)
            const { sweep, worst } = flags
            if (worst !== undefined)
                return act(async context => {
                    checkOneRun(flags, "--worst", [
                        ...(["sweep", "snapshots", "untilText", "failText", "timeout"] as const),
                    ])
                    return worstOf(entry, await withScenario(flags, isGiven, context), context)
                })
            if (flags.worstOut !== undefined)
                return act(() => {
                    throw new UserError("E_FLAG_CONFLICT", "--worst-out goes with --worst.")
                })
            if (sweep !== undefined)
                return act(async context => {
                    checkOneRun(flags, "--sweep")
                    const read = await withScenario(flags, isGiven, context)
                    return sweepPrograms([entry], { ...read, sweep }, context)
                })
            if (flags.emulator !== undefined && flags.serve === undefined)
                return act(() => {
                    throw new UserError(
                        "E_FLAG_CONFLICT",
                        "--emulator goes with --serve, which offers the board on a port; `heapscope watch`, `deploy` and `snapshot` take it, too.",
                    )
                })
            return act(context =>
                flags.serve === undefined
                    ? sim(entry, flags, isGiven, context)
                    : serve(
                          entry,
                          { ...flags, isFor: isGiven("for"), isWorld: isGiven("world") },
                          flags.serve,
                          context,
                      ),
            )
        })
}

/** What is about one run is not about many. @throws UserError naming the flag */
function checkOneRun(
    flags: SimFlags,
    many: string,
    alsoNot: readonly (keyof SimFlags)[] = [],
): void {
    const others = [
        ...([
            "serve",
            "live",
            "web",
            "realtime",
            "record",
            "recordWorld",
            "playWorld",
            "log",
            "as",
        ] as const),
        ...(["show", "png", "leaks", "advice", "samples", "until", "maxLive"] as const),
        ...(["headroom", "fragmentation"] as const),
        ...alsoNot,
    ]
    const given = others.find(name => flags[name] !== undefined)
    if (given)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `${many} runs the program many times: ${flagName(given)} is about one run. Leave one of them out.`,
        )
}

async function sim(
    entry: string | undefined,
    given: SimFlags,
    isGiven: (flag: string) => boolean,
    context: CommandContext,
): Promise<ExitCode> {
    const { cwd, stdout, stderr, signal } = context
    const incident = given.as === undefined ? undefined : readIncident(given.as, cwd)
    const flags = await withScenario(
        forAim({
            ...given,
            ...(incident && asIncident(incident, isGiven)),
            ...(hasAim(given) && { advice: true }),
        }),
        isGiven,
        context,
    )
    const record = readPlayed(flags, cwd, isGiven)
    const options = readRunFlags(flags, cwd, { entry, stderr })
    const aim = readAim(flags, options.board)
    if (flags.leaks) checkLongEnough("--for", flags.for, options.forMs)
    checkOutputs(
        cwd,
        {
            ...{ "--log": flags.log, "--record": flags.record },
            ...{ "--record-world": flags.recordWorld, "--png": flags.png },
            ...filesAskedFor(SIM_REPORTS, { ...flags }),
        },
        {
            inputs: [
                entry,
                flags.board,
                flags.as,
                flags.playWorld,
                given.scenario as string | undefined,
            ],
            json: flags.json,
        },
    )
    if (flags.web !== undefined && !flags.live)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--web shows what happens live: say --live, too, or `heapscope watch --web`.",
        )
    const live = !!flags.live && stdout.canRedraw && !flags.json
    const forMs = lengthOf(options.forMs, record, isGiven("for"), live)
    const shots = new DisplayShots(flags, { forMs, json: !!flags.json })
    const progress = new Progress(stderr, !flags.quiet && !live)
    const logFile = flags.log === undefined ? undefined : new LogFile(resolve(cwd, flags.log))
    const quit = new AbortController()
    const over = AbortSignal.any([signal, quit.signal])
    const sinks: Sink[] = logFile ? [logFile] : []
    let isInterrupted = false
    try {
        const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
        const { board } = options
        const makeWorld = record
            ? played(record, flags.playWorld!, { program, board }, forMs)
            : options.makeWorld
        const asked = live ? new LiveSimulation({ ...options, program, makeWorld }) : undefined
        const { keys, clock } = screenKeys(
            sinks,
            interrupts => {
                isInterrupted ||= interrupts
                quit.abort()
            },
            asked ?? {},
        )
        const recording =
            flags.recordWorld === undefined
                ? undefined
                : new WorldRecording(resolve(cwd, flags.recordWorld))
        const { makeWorld: _, ...made } = options
        const kept = KeptRun.of(given, program, made, context)
        const before = kept?.read()
        if (before) {
            await printReport(before, NO_EXTRAS, flags, context)
            return exitCodeOf({ report: before, interrupted: false }, options.untilText)
        }
        if (context.onlyKept) throw new Error("nothing is kept of it")
        if (flags.advice) noteMissingNames(program, stderr)
        logFile?.begin()
        const request = {
            about: {
                program: { entry: program.entry },
                board: options.board,
                vm: { version: CLI_VERSION },
            },
            ...{ how: "simulated", cwd, flags: { ...flags }, stdout },
            // To open it takes longer than all else that is read here.
            get stdin() {
                return process.stdin
            },
            style: styleFor(stdout, flags.color),
            signal: over,
            keys: { ...keys, ...(live && lessonTeacher(board)) },
        }
        const shown = await openSinks(
            live ? [recordingFile, terminalScreen, livePage] : [recordingFile],
            request,
            text => stderr.write(`heapscope: ${text}\n`),
        )
        const snapshots = new SnapshotFolder(flags.snapshots, { program, ...options })
        const told = new SimulationEvents(program, options.board.heapBytes)
        sinks.push(...shown.sinks.map(sink => through(event => told.tell(event), sink)))
        const result = await (flags.advice ? adviseRun : run)(
            loadVm(),
            {
                ...options,
                leaks: !!flags.leaks,
                ...shots.options(recording ? recording.of(makeWorld) : makeWorld),
                forMs,
                onSnapshotStep: snapshots.take,
                ...(live && { sampleMs: options.sampleMs ?? 100 }),
                program,
                ...((live || flags.realtime) && { speed: 1 }),
                ...asked?.hooks(shown.wants),
                signal: over,
                onProgress: run => progress.showRun(run, forMs),
            },
            [clock, ...sinks],
            aim,
        )
        if (!result.interrupted) kept?.write(reportOf(result, flags))
        quit.abort()
        await closeAll(sinks.splice(0))
        await recording?.write({ program, board }, forMs, result)
        progress.clear()
        await shots.finish(cwd)
        await snapshots.write(cwd)
        await print(result, shots.shown, flags, context)
        if (incident) stderr.write(`heapscope: ${tellAgain(incident, result.report, program)}\n`)
        noteWritten(stderr, flags.quiet, [flags.log, flags.record])
        if (live && result.interrupted)
            return isInterrupted || signal.aborted ? EXIT.interrupted : EXIT.ok
        return exitCodeOf(result, options.untilText)
    } finally {
        progress.clear()
        // What comes of itself, with its stack, takes longer to make than a kept report to find.
        quit.abort("the run is over")
        await closeAll(sinks)
    }
}

/** Simulated milliseconds to run: of a played world all, when nobody said how long. */
function lengthOf(
    forMs: number,
    record: WorldRecord | undefined,
    isGiven: boolean,
    live: boolean,
): number {
    if (record && !isGiven) return record.header.forMs
    return live && !record ? ENDLESS_MS : forMs
}

async function serve(
    entry: string | undefined,
    flags: SimFlags & { isFor: boolean; isWorld: boolean },
    address: string,
    context: CommandContext,
): Promise<ExitCode> {
    const { cwd, stderr, signal } = context
    checkServeFlags(
        { ...flags, for: flags.isFor || undefined, world: flags.isWorld || undefined },
        [
            "for",
            ...(flags.emulator === undefined ? ["sample"] : ["heap", "isSimulator"]),
            "untilText",
            "failText",
            "timeout",
            "samples",
            "leaks",
            "advice",
            "until",
            "maxLive",
            "headroom",
            "fragmentation",
            "live",
            "web",
            "log",
            "record",
            "out",
            "svg",
            "recordWorld",
            "show",
            "png",
            "at",
            "playWorld",
            "scenario",
            "snapshots",
        ],
    )
    checkServeAddress(address)
    const { board, seed, makeWorld, sampleMs } = readRunFlags(flags, cwd, { entry, stderr })
    const progress = new Progress(stderr, !flags.quiet)
    const program = await buildEntry(entry, { cwd, signal, stderr }, progress).finally(() =>
        progress.clear(),
    )
    const { emulator: file } = flags
    if (file !== undefined) {
        const world = makeWorld(seed, program)
        const emulated = { address, file, board, seed, world, sampleMs, json: !!flags.json }
        return serveEmulated(program, emulated, context)
    }
    // A board on a cable has a world around it when one is asked for.
    const door = flags.isWorld ? makeWorld(seed, program).door : undefined
    return serveBoard(program, { address, board, seed, door, json: !!flags.json }, context)
}

async function print(
    result: RunResult,
    shown: readonly Shown[] | undefined,
    flags: SimFlags,
    context: CommandContext,
): Promise<void> {
    const { blocks, samples } = result
    const extras = {
        ...{ blocks, heapStart: blocks[0]?.address ?? 0, samples },
        ...(flags.show && shown && { shown }),
    }
    await printReport(reportOf(result, flags), extras, flags, context)
}

/** For people alone. */
const NO_EXTRAS: SimReportExtras = { blocks: [], heapStart: 0, samples: [] }

async function printReport(
    report: SimReport,
    extras: SimReportExtras,
    flags: SimFlags,
    { cwd, stdout, stderr }: CommandContext,
): Promise<void> {
    const style = styleFor(stdout, flags.color)
    await showReport(
        SIM_REPORTS,
        { report, extras },
        { flags: { ...flags }, cwd, stdout, stderr, style },
    )
}

function reportOf({ report }: RunResult, flags: SimFlags): SimReport {
    return flags.samples ? report : withoutSamples(report)
}

function withoutSamples({ samples: _, ...report }: SimReport): SimReport {
    return report
}
