import type { Incident } from "../../documents/fleet/incident"
import type { MemoryEvent } from "../../model/events"
import type { BoardReading, FleetBoard } from "./fleet-board"

/** Whoever wants to know what the boards of a fleet report: its outputs. None of it may wait. */
export interface FleetListener {
    /** A board has reported, or is reached or not any more. */
    reading?(reading: BoardReading): void
    /** Every event of every board. @param atMs milliseconds since 1970 */
    event?(board: FleetBoard, event: MemoryEvent, atMs: number): void
    /** A board came, for the first time or again. */
    came?(board: FleetBoard): void
    /** It has left. */
    went?(board: FleetBoard): void
    /** One has died: told once all that is known of it has come. */
    incident?(incident: Incident): void
}
