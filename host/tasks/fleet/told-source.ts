import type { MemoryEvent } from "../../model/events"
import type { Source } from "../../model/flow"
import type { FleetIntake } from "./fleet-source"

/** Brings what a source tells of its one board into a fleet, until it ends or is aborted. */
export async function tellSource(
    name: string,
    source: Source,
    intake: FleetIntake,
    signal: AbortSignal,
): Promise<void> {
    const board = intake.board({ name, about: source.about })
    if (!board) return
    try {
        for await (const event of source.events(signal)) if (isOfFleet(event)) board.tell([event])
    } finally {
        board.gone()
    }
}

/** Not what is for one who looks at one board alone. */
function isOfFleet({ kind }: MemoryEvent): boolean {
    return kind !== "heap-map" && kind !== "displays" && kind !== "controls" && kind !== "service"
}
