import type { BoardIdentity, FleetBoard, Told } from "../../analysis/fleet/fleet-board"
import type { Board } from "../../boards/board"
import type { BoardsConfig } from "../../documents/fleet/fleet-config"
import type { LifeAtHand } from "../../analysis/trend/program-forecast"
import type { MemoryEvent } from "../../model/events"
import type { Program } from "../../model/program/program"
import type { RunOptions } from "../../simulator/run"
import type { Flag } from "../source-kind"

/** What takes a source's boards, and what they report. */
export interface FleetIntake {
    /**
     * A board is there; of one name there is one, of one source.
     * @returns undefined when it cannot be taken: it is counted, and people are told
     */
    board(identity: BoardIdentity): BoardIntake | undefined
    /** Tells people something. */
    notify(text: string): void
}

/** What takes the reports of one board. */
export interface BoardIntake {
    readonly board: FleetBoard
    /** All events of one report, or others as they come. @param told default: now, without a number */
    tell(events: readonly MemoryEvent[], told?: Partial<Told>): void
    /** It has left. */
    gone(): void
}

/** Boards that are reached in one way: they come and go. */
export interface FleetSource {
    /** For people. */
    readonly how: string
    /** Until it has told all, or is aborted. Boards that cannot be reached now are tried again. */
    run(intake: FleetIntake, signal: AbortSignal): Promise<void>
}

/** What a source is opened with. */
export interface FleetRequest {
    /** Where relative paths start. */
    cwd: string
    env: NodeJS.ProcessEnv
    /** Builds a program; without an entry, the project's own. @throws UserError when it cannot */
    build(entry?: string): Promise<Program>
    /**
     * What a board is, and what a simulated one is connected to.
     * @param program that is to run on it, or does: it may name its board itself
     * @throws UserError when there is no such board
     */
    settings(
        given: { board?: string | undefined; seed?: number | undefined },
        program?: Program,
    ): { board: Board; seed: number } & Pick<RunOptions, "makeWorld">
    /** How a program lives and dies on a board, as soon as that is known. Default: nobody finds out. */
    life?: (board: Board, program: Program) => LifeAtHand | undefined
}

/** A kind of source, as the table has it: all that the command line knows of it. */
export interface FleetSourceKind<K extends BoardsConfig = BoardsConfig> {
    /** The key of its entries in a configuration's `fleet.boards`. */
    key: string
    flags: readonly Flag[]
    /** What its flags ask for, as a configuration would have it. @throws UserError naming the flag */
    fromFlags(flags: Readonly<Record<string, unknown>>): BoardsConfig[]
    /** @throws UserError when a setting is wrong */
    open(config: K, request: FleetRequest): FleetSource | Promise<FleetSource>
}
