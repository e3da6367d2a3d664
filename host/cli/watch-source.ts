import type { Sink, Source } from "../model/flow"
import { closeAll, openSinks } from "../sinks/sink-kind"
import { SINKS } from "../sinks/sinks"
import { play } from "../tasks/play"
import { EXIT, type CommandContext, type ExitCode } from "./command-context"
import { styleFor } from "./output"
import { screenKeys } from "./screen-keys"

/** How a source is shown: the flags of the sinks that there are. */
export type ShowFlags = Readonly<Record<string, unknown>> & { color: boolean }

/** Shows a source until it ends or somebody quits, by all sinks that the flags ask for. */
export async function watchSource(
    source: Source,
    flags: ShowFlags,
    { cwd, stdout, signal }: CommandContext,
): Promise<ExitCode> {
    const quit = new AbortController()
    const over = AbortSignal.any([signal, quit.signal])
    const sinks: Sink[] = []
    const { keys, clock } = screenKeys(sinks, () => quit.abort(), source)
    const opened = await openSinks(SINKS, {
        ...{ about: source.about, how: source.how, cwd, flags, stdout, keys },
        stdin: process.stdin,
        style: styleFor(stdout, flags.color),
        signal: over,
    })
    sinks.push(...opened.sinks)
    try {
        const end = await play(source, [clock, ...sinks], over, opened.wants)
        await closeAll(sinks.splice(0))
        if (signal.aborted) return EXIT.interrupted
        return end?.outcome.kind === "panicked" && !source.isPast ? EXIT.failed : EXIT.ok
    } catch (error) {
        // What failed is to be told of at once.
        quit.abort()
        throw error
    } finally {
        await closeAll(sinks)
    }
}
