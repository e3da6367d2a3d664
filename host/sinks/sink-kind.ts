import type { Allocated } from "../model/allocated"
import type { LessonRun, LessonTitle } from "../documents/lessons-report"
import type { HandAction } from "../model/controls"
import type { MemoryEvent } from "../model/events"
import type { Sink, SourceAbout, Wants, WholeHeap } from "../model/flow"
import type { RunMoment } from "../model/run-moment"
import type { Visit, VisitRequest } from "../model/visit"
import type { Style } from "./terminal/text/style"

/** Where text goes. */
export interface TextOutput {
    isTTY: boolean
    /** A terminal whose lines may be drawn over. */
    canRedraw: boolean
    /** Nothing but ASCII is wanted. */
    isAscii: boolean
    /** @returns false when it is better to wait until it has `drained` */
    write(text: string): boolean
    drained(): Promise<void>
    /** The stream itself, for a screen that moves its cursor. */
    terminal: NodeJS.WriteStream
}

/** What keys ask for. */
export interface ScreenKeys {
    /** Nobody wants to see more: that was the aim of it, or it was broken off. */
    quit(): void
    interrupt(): void
    /** @returns what to tell on the screen */
    capture?(): string
    /** Goes on so many milliseconds later or earlier. @returns what to tell on the screen */
    seek?: ((byMs: number) => string) | undefined
    /** Presses, turns or sets something of the board's world. @returns what to tell on the screen */
    hand?: ((action: HandAction) => string) | undefined
    /** @returns what to tell on the screen */
    mark?(): string
    /** All that is on the heap, once the source can be looked at. */
    /** What the program has allocated since that was asked first. */
    allocated?: (() => Promise<Allocated>) | undefined
    /** The run's report up to now, with advice, as JSON. */
    report?: (() => Promise<string>) | undefined
    /** What takes the flash of the program, as JSON. */
    size?: (() => string) | undefined
    /** The types that the program declares, laid out for its board, as JSON. */
    layouts?: (() => string) | undefined
    /** The lessons that there are. */
    lessons?(): LessonTitle[]
    /** A lesson, its programs run on such a board. @throws UserError for one that is not */
    lesson?(name: string): Promise<LessonRun>
    /** The text of a source of the program. */
    sourceText?: ((file: string) => string | undefined) | undefined
    look?: ((at?: RunMoment) => Promise<WholeHeap>) | undefined
    /** What the board was at any moment of its run. @throws UserError when it cannot be told */
    visit?: ((request: VisitRequest) => Promise<Visit>) | undefined
}

/** What a sink is opened with. */
export interface SinkRequest {
    about: SourceAbout
    /** How the board is reached, for people. */
    how: string
    /** Where relative paths start. */
    cwd: string
    /** All flags as they were given, by their names in camel case. */
    flags: Readonly<Record<string, unknown>>
    stdout: TextOutput
    stdin: NodeJS.ReadStream
    style: Style
    keys: ScreenKeys
    /** What the source tells is long past. */
    isPast?: boolean
    /** What sinks have to tell people for as long as they are open: a list that grows. */
    announced: readonly string[]
    /** Adds to it. */
    announce(text: string): void
    /** Aborted when nobody wants to see more. */
    signal: AbortSignal
}

/** A kind of sink, as the table has it: all that the command line knows of it. */
export interface SinkKind {
    name: string
    /** Its own flag, as the help shows it: `--record <file>`. */
    flag?: string
    text?: string
    /** Further flags, which say how. */
    flags?: readonly { flag: string; text: string }[]
    /** The flag names a file that is written. */
    isFile?: boolean
    /** What sources are to find out for it. */
    wants?: Wants | ((flags: SinkRequest["flags"]) => Wants)
    isWanted(request: Pick<SinkRequest, "flags" | "stdout">): boolean
    /** @throws UserError when it cannot */
    open(request: SinkRequest): Sink | Promise<Sink>
}

/**
 * Opens those of the table that are wanted; none stays open when one cannot be.
 * @param tell has what sinks announce printed
 */
export async function openSinks(
    kinds: readonly SinkKind[],
    asked: Omit<SinkRequest, "announced" | "announce">,
    tell: (text: string) => void,
): Promise<{ sinks: Sink[]; wants: Wants }> {
    const sinks: Sink[] = []
    const announced: string[] = []
    const request: SinkRequest = {
        ...asked,
        announced,
        announce(text) {
            announced.push(text)
            tell(text)
        },
    }
    const wanted = kinds.filter(kind => kind.isWanted(request))
    try {
        for (const kind of wanted) sinks.push(await kind.open(request))
    } catch (error) {
        await closeAll(sinks)
        throw error
    }
    const wants = wanted.map(({ wants }) =>
        typeof wants === "function" ? wants(request.flags) : wants,
    )
    return { sinks, wants: Object.assign({}, ...wants) as Wants }
}

/** Closes all, whatever one of them throws. @throws what the first one threw */
export async function closeAll(sinks: readonly Sink[]): Promise<void> {
    let failure: { error: unknown } | undefined
    for (const sink of sinks) {
        try {
            await sink.close()
        } catch (error) {
            failure ??= { error }
        }
    }
    if (failure) throw failure.error
}

/** A sink that gets its events through something that makes others of them. */
export function through(translate: (event: MemoryEvent) => MemoryEvent[], sink: Sink): Sink {
    return {
        add(event) {
            const waits = translate(event).flatMap(told => sink.add(told) ?? [])
            if (waits.length > 0) return Promise.all(waits).then(() => undefined)
        },
        close: () => sink.close(),
    }
}
