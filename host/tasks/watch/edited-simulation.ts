import type { MemoryEvent } from "../../model/events"
import type { Control, Source } from "../../model/flow"
import type { Program } from "../../model/program/program"
import type { Rebuilds, Rebuilt } from "./rebuilds"

export interface EditedOptions {
    rebuilds: Rebuilds
    /** Makes the source of one run. */
    open(program: Program): Source
    /** When a run ends by itself: to wait for the next one, rather than to end. */
    staysOpen: boolean
    /** Is so once somebody begins to edit; absent where he may have begun. */
    editing?: Promise<void>
}

/**
 * A simulated board that is started anew whenever its program is: a file was saved. What does not compile
 * is told of as lines of the log, and the run of before goes on.
 */
export function watchEdited(first: Program, options: EditedOptions): Source {
    const { rebuilds, open, staysOpen, editing = Promise.resolve() } = options
    let current = open(first)
    /** The run of now does it: what it can, any other can. */
    const control: Control = Object.fromEntries(
        Object.keys(current.control ?? {}).map(name => [
            name,
            (...args: unknown[]) =>
                (current.control as Record<string, (...args: unknown[]) => unknown>)[name]!(
                    ...args,
                ),
        ]),
    )
    return {
        about: current.about,
        how: current.how,
        async *events(signal, wants) {
            /** What was saved last does not compile. */
            let hasFailed = false
            try {
                // Who has a page looks on while he edits; elsewhere the first save may take its time.
                if (staysOpen) void editing.then(() => rebuilds.warmUp())
                for (;;) {
                    const next = yield* oneRun(current, signal)
                    if (!next) return
                    current = open(next)
                }
            } finally {
                rebuilds.close()
            }

            /** @returns the program to run next; undefined when it is all over */
            async function* oneRun(
                source: Source,
                signal: AbortSignal,
            ): AsyncGenerator<MemoryEvent, Program | undefined> {
                const replaced = new AbortController()
                const over = AbortSignal.any([signal, replaced.signal])
                const events = source.events(over, wants)[Symbol.asyncIterator]()
                let nowMs = 0
                let pending: Promise<IteratorResult<MemoryEvent>> | undefined = events.next()
                for (;;) {
                    const taken = rebuilds.hasNews ? undefined : await eventOrNews(pending, signal)
                    const news = rebuilds.take()
                    if (news && "program" in news) {
                        // The old run ends as soon as it looks: nobody waits for that.
                        replaced.abort()
                        pending?.catch(() => undefined)
                        if (hasFailed) yield { kind: "build", atMs: 0, problems: [], sources: [] }
                        hasFailed = false
                        return news.program
                    }
                    if (news) {
                        hasFailed = news.failure !== ""
                        yield* told(news, nowMs)
                    }
                    if (taken && !taken.done) {
                        nowMs = taken.value.atMs
                        yield taken.value
                        pending = events.next()
                    } else if (taken) pending = undefined
                    if (!pending && (!staysOpen || signal.aborted)) return undefined
                }
            }

            /** @returns undefined when there is news, or all is over */
            function eventOrNews(
                pending: Promise<IteratorResult<MemoryEvent>> | undefined,
                signal: AbortSignal,
            ): Promise<IteratorResult<MemoryEvent> | undefined> {
                return new Promise((resolve, reject) => {
                    rebuilds.onNews = () => resolve(undefined)
                    if (pending) pending.then(resolve, reject)
                    else if (signal.aborted) resolve(undefined)
                    else signal.addEventListener("abort", () => resolve(undefined), { once: true })
                })
            }
        },
        capture: () => current.capture?.() ?? "",
        control,
    }
}

/** What the compiler said, a line of the log each. */
function* told(news: Exclude<Rebuilt, { program: Program }>, atMs: number): Generator<MemoryEvent> {
    const [text, lines] =
        news.failure === ""
            ? ["heapscope: it compiles again, and is what runs already", []]
            : [
                  "heapscope: what was saved does not compile; the run of before goes on",
                  news.failure.split("\n").filter(line => line.trim() !== ""),
              ]
    yield { kind: "build", atMs, problems: news.problems, sources: news.sources }
    yield { kind: "log", atMs, level: "runtime", text }
    for (const line of lines) yield { kind: "log", atMs, level: "error", text: line }
}
