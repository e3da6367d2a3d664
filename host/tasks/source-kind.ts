import type { Board } from "../boards/board"
import type { Program } from "../model/program/program"
import type { ChooseBoard } from "../link/node/find-port"
import type { Source } from "../model/flow"
import type { World } from "../simulator/world/world"

/** A flag of the command line. */
export interface Flag {
    /** As the help shows it: `--port <port>`. */
    flag: string
    text: string
    default?: string
}

/** A flag of some sources, not of all. */
export interface SourceFlag extends Flag {
    /** What to say when it is given beside a source that does not have it. */
    elsewhere?: string
}

/** What a source is opened with, beside its own flag's value. */
export interface SourceRequest {
    /** Where relative paths start. */
    cwd: string
    /** All flags as they were given, by their names in camel case. */
    flags: Readonly<Record<string, unknown>>
    /** The flags that say what a board is and how it runs. @throws UserError naming the one that is wrong */
    run(): {
        board: Board
        seed: number
        makeWorld: (seed: number, of: Program) => World
        sampleMs?: number
        forMs?: number
    }
    /** Builds a program; without an entry, the project's own. @throws UserError when it cannot */
    build(entry?: string): Promise<Program>
    choose: ChooseBoard | undefined
    /** Is so once somebody begins to edit the program; absent where he may have begun. */
    editing?: Promise<void>
    /** Tells people something beside the events. */
    notify(text: string): void
    /** Somebody does not want to wait any longer. */
    signal: AbortSignal
}

/** A kind of source, as the table has it: all that the command line knows of it. */
export interface SourceKind {
    /** Its flag's name in camel case: `port`. */
    name: string
    flag: string
    text: string
    /** For the message that lists what there is to watch. */
    what: string
    /** Further flags. Several sources may have the same one. */
    flags?: readonly SourceFlag[]
    /** @param value of the flag; `true` without one */
    open(value: string | true, request: SourceRequest): Source | Promise<Source>
}
