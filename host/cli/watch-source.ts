import { EventWitness } from "../analysis/outcome/event-witness"
import { toJson } from "../base/json"
import type { JudgementEvent } from "../model/events"
import type { Sink, Source } from "../model/flow"
import { closeAll, openSinks } from "../sinks/sink-kind"
import { SINKS } from "../sinks/sinks"
import { renderJudgement } from "../sinks/terminal/judgement-terminal"
import type { Style } from "../sinks/terminal/text/style"
import { lessonTeacher } from "../tasks/lesson/lesson-teacher"
import { play } from "../tasks/play"
import { EXIT, type CommandContext, type ExitCode } from "./command-context"
import { styleFor } from "./output"
import { screenKeys } from "../sinks/screen-keys"

/** How a source is shown: the flags of the sinks that there are. */
export type ShowFlags = Readonly<Record<string, unknown>> & { color: boolean }

/** Shows a source until it ends or somebody quits, by all sinks that the flags ask for. */
export async function watchSource(
    source: Source,
    flags: ShowFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    const quit = new AbortController()
    const over = AbortSignal.any([signal, quit.signal])
    const sinks: Sink[] = []
    let isInterrupted = false
    const witness = new EventWitness(source.about)
    const judge: Sink = { add: event => witness.add(event), close: () => undefined }
    const { keys, clock } = screenKeys(
        sinks,
        interrupts => {
            isInterrupted ||= interrupts
            quit.abort()
        },
        source,
    )
    const style = styleFor(stdout, flags.color)
    const request = {
        ...{ about: source.about, how: source.how, isPast: !!source.isPast },
        ...{ cwd, flags, stdout },
        keys: { ...keys, ...lessonTeacher(source.about.board) },
        stdin: process.stdin,
        style,
        signal: over,
    }
    const opened = await openSinks(SINKS, request, text => stderr.write(`heapscope: ${text}\n`))
    sinks.push(...opened.sinks)
    try {
        const end = await play(source, [clock, judge, ...sinks], over, opened.wants)
        await closeAll(sinks.splice(0))
        printJudgement(witness, !!flags["json"], style, stdout)
        if (signal.aborted || isInterrupted) return EXIT.interrupted
        const hasFailed =
            end?.outcome.kind === "panicked" || witness.judgement().kind === "scenario"
        return hasFailed && !source.isPast ? EXIT.failed : EXIT.ok
    } catch (error) {
        // What failed is to be told of at once.
        quit.abort()
        throw error
    } finally {
        await closeAll(sinks)
    }
}

/** What it came to, as the last thing that is printed, whatever the screen has shown. */
function printJudgement(
    witness: EventWitness,
    json: boolean,
    style: Style,
    stdout: CommandContext["stdout"],
): void {
    const judgement = witness.judgement()
    if (!json) stdout.write(renderJudgement(judgement, undefined, style) + "\n")
    else if (!witness.wasTold) {
        const event: JudgementEvent = { kind: "judgement", atMs: witness.nowMs, judgement }
        stdout.write(toJson(event) + "\n")
    }
}
