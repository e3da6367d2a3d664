import type { MemoryEvent } from "../model/events"
import type { Sink, SourceAbout, Wants } from "../model/flow"
import type { ScreenKeys } from "./screen-keys"
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
