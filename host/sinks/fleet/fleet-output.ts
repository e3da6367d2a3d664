import type { FleetBoard } from "../../analysis/fleet/fleet-board"
import type { FleetListener } from "../../analysis/fleet/fleet-flow"
import type { DeathGroup, OutputStatus } from "../../documents/fleet/fleet-report"
import type { Flag } from "../../tasks/source-kind"
import type { TextOutput } from "../sink-kind"

/** Gives the figures of a fleet to an engine, or keeps them. */
export interface FleetOutput extends FleetListener {
    /** How it stands; undefined of one that is asked, and has nothing to send. */
    status?(): OutputStatus
    /** There is no more to come: what can be sent is sent, the rest is kept. */
    close(): Promise<void>
}

/** What an output is opened with. */
export interface OutputRequest {
    /** Where relative paths start. */
    cwd: string
    env: NodeJS.ProcessEnv
    stdout: TextOutput
    /** All boards that there are, those that have left included. */
    boards(): Iterable<FleetBoard>
    /** Deaths of boards up to now, the most frequent first. */
    deaths(): DeathGroup[]
    /** How all outputs stand. */
    statuses(): OutputStatus[]
    /** Where it may keep what nobody takes, and how much of it, in bytes. */
    store: { folder: string; limitBytes: number }
    /** Tells people something. */
    announce(text: string): void
}

/** A kind of output, as the table has it: all that the command line knows of it. */
export interface FleetOutputKind<S = never> {
    /** Its key in a configuration's `fleet.outputs`. */
    key: string
    flags: readonly Flag[]
    /** What its flags ask for, as a configuration would have it; undefined without them. */
    fromFlags(flags: Readonly<Record<string, unknown>>): S | undefined
    /** @throws UserError when a setting is wrong, or it cannot begin */
    open(settings: S, request: OutputRequest): FleetOutput | Promise<FleetOutput>
}
