import { once } from "node:events"
import { resolve } from "node:path"
import type { Command } from "commander"
import { toJson } from "../../base/json"
import { UserError } from "../../base/errors"
import type { MemoryEvent } from "../../model/events"
import { HEAP_OVERHEAD_BYTES } from "../../model/heap/heap-memory"
import { RecordingWriter } from "../../recording/node/recording-writer"
import { WatchLines } from "../../sinks/terminal/watch-lines"
import type { Program } from "../../model/program/program"
import { buildEntry } from "../build-entry"
import { askWhichBoard } from "../choose-port"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { readExactEvery } from "../exact-every"
import { checkOutputs } from "../check-outputs"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { defaultEntry, readRunFlags } from "../run-options"
import { watchPort } from "../../tasks/watch-port"
import { watchRecording } from "../../tasks/watch-replay"
import { WatchScreen } from "../watch-screen"
import { watchSimulation } from "../../tasks/watch-sim"
import type { EventSink, WatchSource } from "../../tasks/watch-source"

interface WatchFlags {
    sim?: string | true
    replay?: string
    port?: string
    program?: string
    exactEvery?: string
    speed?: string
    record?: string
    board: string
    heap?: string
    for?: string
    sample?: string
    seed: string
    json?: boolean
    color: boolean
}

const FASTEST = 1_000_000

const EXAMPLES = `
Examples:
  $ heapscope watch --sim                          the order station on a simulated Pico
  $ heapscope watch --sim src/main.ts --board esp32s2 --record run.ndjson
  $ heapscope watch --port auto --board esp32s2    what the agent in its program reports
  $ heapscope watch --port auto --exact-every 30s  and its heap exactly, now and then
  $ heapscope watch --replay run.ndjson --speed 4x
  $ heapscope watch --replay run.ndjson --speed max --json | jq 'select(.kind == "panic")'

Keys: p pause, s snapshot, m mark, ? help, q quit.
Exit codes: 0 fine, 1 the program died, 2 wrong use, 130 interrupted.`

export function addWatchCommand(program: Command, act: Act): void {
    program
        .command("watch")
        .summary("a board's memory, live")
        .description(
            "Shows a board's heap, structures and log as they change: on a terminal as a screen, elsewhere as lines, with --json as one event a line.",
        )
        .option("--sim [entry]", "a simulated board, in real time, running this program")
        .option("--port <port>", "a real board: a serial port, auto, or tcp://host:port")
        .option(
            "--program <entry>",
            "with --port: what runs on the board, to name its source in traces",
        )
        .option(
            "--exact-every <duration>",
            "with --port: read the whole heap exactly this often, for which the program stands still",
        )
        .option("--replay <file>", "a recording")
        .option("--speed <factor>", "how fast to play it: 1x, 4x, max", "1x")
        .option("--record <file>", "write every event as it comes, for --replay")
        .option(
            "--board <id>",
            "the board: an id of `heapscope boards`, or a *.board.json file",
            "pico",
        )
        .option("--heap <size>", "impose a heap of this size on a simulated board, up to 64KiB")
        .option("--for <duration>", "end the simulation after this time (default: when you quit)")
        .option("--sample <duration>", "simulated time between samples", "100ms")
        .option("--seed <number>", "seed of all randomness on the simulated board", "1")
        .option("--json", "print every event as a line of JSON")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((flags: WatchFlags) => act(context => watch(flags, context)))
}

async function watch(flags: WatchFlags, context: CommandContext): Promise<ExitCode> {
    checkOutputs(
        context.cwd,
        { "--record": flags.record },
        { inputs: [flags.sim, flags.replay, flags.program, flags.board], json: flags.json },
    )
    return watchSource(await openSource(flags, context), flags, context)
}

/** How a source is shown. */
export type ShowFlags = Pick<WatchFlags, "record" | "json" | "color">

/** Shows a source until it ends or somebody quits: as a screen, as lines or as JSON, recorded if asked. */
export async function watchSource(
    source: WatchSource,
    flags: ShowFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const recording =
        flags.record === undefined
            ? undefined
            : new RecordingWriter(resolve(context.cwd, flags.record), source.about)
    try {
        return await (context.stdout.isTTY && !flags.json
            ? watchOnScreen(source, recording, flags, context)
            : watchAsLines(source, recording, flags, context))
    } finally {
        await recording?.close()
    }
}

async function openSource(
    flags: WatchFlags,
    { cwd, stderr, signal }: CommandContext,
): Promise<WatchSource> {
    const chosen = [flags.sim, flags.port, flags.replay].filter(flag => flag !== undefined)
    if (chosen.length !== 1)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "say what to watch, one of: --sim [entry] (a simulated board), --port <port> (a real one), --replay <file> (a recording).",
        )
    if (flags.program !== undefined && flags.port === undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--program goes with --port: --sim names its program itself.",
        )
    const exactEveryMs = readExactEvery(flags.exactEvery, flags.port)
    if (flags.replay !== undefined)
        return watchRecording(flags.replay, {
            cwd,
            speed: readSpeed(flags.speed ?? "1x"),
            onSkipped: text => stderr.write(`heapscope: ${text}\n`),
        })
    const { board, ...options } = readRunFlags({ ...flags, for: flags.for ?? "10s" }, cwd)
    const progress = new Progress(stderr, true)
    const build = (entry: string): Promise<Program> =>
        buildEntry(entry, { cwd, signal, stderr }, progress)
    try {
        if (flags.port !== undefined)
            return await watchPort(
                flags.port,
                {
                    board,
                    program: flags.program === undefined ? undefined : await build(flags.program),
                    exactEveryMs,
                },
                askWhichBoard({ stderr, signal }, progress),
            )
        const program = await build(typeof flags.sim === "string" ? flags.sim : defaultEntry(cwd))
        const forMs = flags.for === undefined ? Number.MAX_SAFE_INTEGER : options.forMs
        return watchSimulation(program, { ...options, board, forMs })
    } finally {
        progress.clear()
    }
}

/** Lines of text or of JSON, until the source ends. */
async function watchAsLines(
    source: WatchSource,
    recording: RecordingWriter | undefined,
    flags: ShowFlags,
    { stdout, signal }: CommandContext,
): Promise<ExitCode> {
    const lines = new WatchLines(capacityOf(source))
    let drained: Promise<void> | undefined
    const sink: EventSink = event => {
        recording?.add(event)
        const text = flags.json ? [toJson(event)] : lines.linesOf(event)
        if (text.length === 0 || stdout.write(text.join("\n") + "\n")) return
        // Not every source waits.
        drained ??= stdout.drained().then(() => (drained = undefined))
        return drained
    }
    const { failed } = await source.play(sink, signal)
    if (signal.aborted) return EXIT.interrupted
    return failed ? EXIT.failed : EXIT.ok
}

/** A screen, until somebody quits. */
async function watchOnScreen(
    source: WatchSource,
    recording: RecordingWriter | undefined,
    flags: ShowFlags,
    { stdout, signal }: CommandContext,
): Promise<ExitCode> {
    const quit = new AbortController()
    const stop = () => quit.abort()
    signal.addEventListener("abort", stop)
    let nowMs = 0
    let marks = 0
    const sink = (event: MemoryEvent): void => {
        nowMs = event.atMs
        recording?.add(event)
        screen.add(event)
    }
    const { id, chip } = source.about.board
    const screen = new WatchScreen(
        stdout.terminal,
        process.stdin,
        styleFor(stdout, flags.color),
        {
            program: source.about.program.entry,
            source: source.how,
            board: { id, chip, capacityBytes: capacityOf(source) },
        },
        {
            quit: stop,
            snapshot: () => source.snapshot(),
            mark: () => {
                const text = `mark ${++marks}`
                sink({ kind: "mark", atMs: nowMs, text })
                return text
            },
        },
    )
    try {
        const { failed } = await source.play(sink, quit.signal)
        if (!quit.signal.aborted) {
            screen.notify("that was all: q quits", Infinity)
            await once(quit.signal, "abort")
        }
        if (signal.aborted) return EXIT.interrupted
        return failed ? EXIT.failed : EXIT.ok
    } finally {
        signal.removeEventListener("abort", stop)
        screen.close()
    }
}

/** Bytes usable by blocks. */
function capacityOf({ about }: WatchSource): number {
    return (about.board.heapBytes - HEAP_OVERHEAD_BYTES) & ~3
}

/** @throws UserError for what is no speed */
function readSpeed(text: string): number {
    if (text === "max") return Infinity
    const speed = Number(/^(\d{1,7}(?:\.\d{1,3})?)x?$/.exec(text)?.[1] ?? NaN)
    if (speed > 0 && speed <= FASTEST) return speed
    throw new UserError(
        "E_VALUE",
        `--speed ${JSON.stringify(text.slice(0, 40))} is no speed: write 1x, 0.5x, 4x (up to ${FASTEST.toLocaleString("en-US")}x), or max.`,
    )
}
