import { resolve } from "node:path"
import type { MemoryEvent } from "../model/events"
import type { Source } from "../model/flow"
import type { RecordingHeader } from "../documents/recording-format"
import { RecordingReader, type Skipped } from "../recording/node/recording-reader"
import { readExactEvery } from "../tasks/exact-every"
import { watchPort } from "../tasks/watch-port"
import { watchRecording } from "../tasks/watch-replay"
import { watchSimulation } from "../tasks/watch-sim"
import { programOf, type ProgramOrEntry } from "./program"
import { readRunSettings, type Duration, type RunSettings } from "./run-settings"

/** What to watch: a simulated board in real time, a real one at a port, or a recording. */
export type WatchTarget =
    | { sim: ProgramOrEntry }
    | {
          /** A serial port, `tcp://host:port`, or `auto` for the one board that is connected. */
          port: string
          /** What runs on it: traces then name its source. */
          program?: ProgramOrEntry
          /** Read the whole heap exactly this often, for which the program stands still. */
          exactEvery?: Duration
          /**
           * Read it once, of a program whose start is not known, before any estimate is told. Default:
           * true.
           */
          exactFirst?: boolean
      }
    | {
          replay: string
          /** Times as fast as it was recorded; `Infinity` for as fast as it is taken. Default: 1. */
          speed?: number
      }

export interface WatchOptions extends Pick<
    RunSettings,
    "board" | "isSimulator" | "heap" | "seed" | "world" | "scenario" | "sample" | "cwd" | "onNotice"
> {
    /** Simulated time after which a simulation ends. Default: when nobody watches any more. */
    for?: Duration
    /** Ends the watch. */
    signal?: AbortSignal
}

/**
 * A board's memory, live: its events as they come, until the source ends, the signal is aborted or the
 * loop is left. The board is let go then.
 * @throws HeapscopeError, in the loop, for what cannot be watched
 */
export async function* watch(
    target: WatchTarget,
    options: WatchOptions = {},
): AsyncGenerator<MemoryEvent, void, undefined> {
    const { signal } = options
    const source = await sourceOf(target, options)
    const left = new AbortController()
    try {
        yield* source.events(signal ? AbortSignal.any([signal, left.signal]) : left.signal)
    } finally {
        left.abort()
    }
}

/** A recording, as `readRecording` reads it. */
export interface Recording {
    /** What was recorded: the program, the board, the VM. */
    readonly header: RecordingHeader
    /** Every event that is whole, in the order they came, read as they are taken: once. */
    events(): Iterable<MemoryEvent>
    /** What was left out, and why; it grows while the events are read. */
    readonly skipped: Skipped
}

/**
 * A recording: its header, and its events.
 * @throws HeapscopeError when there is no such file, or it is not a recording
 */
export function readRecording(
    path: string,
    { cwd = "" }: Pick<WatchOptions, "cwd"> = {},
): Recording {
    const reader = new RecordingReader(resolve(cwd, path))
    const { header, skipped } = reader
    return { header, skipped, events: () => reader.events() }
}

async function sourceOf(target: WatchTarget, options: WatchOptions): Promise<Source> {
    if ("replay" in target)
        return watchRecording(target.replay, {
            cwd: options.cwd ?? "",
            speed: target.speed ?? 1,
            onSkipped: () => undefined,
        })
    const running = "sim" in target ? target.sim : target.program
    const { board, ...settings } = readRunSettings(options, running)
    if ("port" in target) {
        const { port, program, exactEvery, exactFirst } = target
        return watchPort(port, {
            board,
            program: program === undefined ? undefined : await programOf(program, options),
            exactEveryMs:
                exactEvery === undefined ? undefined : readExactEvery(exactEvery, "exactEvery"),
            looksFirst: exactFirst,
        })
    }
    const forMs = options.for === undefined ? Number.MAX_SAFE_INTEGER : settings.forMs
    return watchSimulation(await programOf(target.sim, options), { ...settings, board, forMs })
}
