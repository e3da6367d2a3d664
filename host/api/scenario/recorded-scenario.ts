import { dirname } from "node:path"
import { UserError } from "../../base/errors"
import { findBoard } from "../../boards/node/find-board"
import type { MemoryEvent } from "../../model/events"
import { RecordingReader } from "../../recording/node/recording-reader"
import type { Scenario } from "../../simulator/scenario/scenario"
import { NO_PLAN } from "../../simulator/world/plan"
import { WIFI } from "../../simulator/world/recorded/recorded-network"
import {
    recordedServices,
    type RecordedService,
} from "../../simulator/world/recorded/recorded-services"
import type { LoadedScenario } from "./loaded-scenario"

/**
 * The same day again: a scenario of what `watch --port --record` heard on a real board's bus. Its times are
 * those of the recording, whose beginning is the run's power-on.
 * @param file as it was named. @param path where it is
 * @throws UserError when it is no recording, or nothing on a bus was recorded
 */
export function recordedScenario(file: string, path: string): LoadedScenario {
    let endMs = 0
    const reader = open(file, path)
    const services = recordedServices(timed(reader.events(), atMs => (endMs = atMs)))
    if (services.length === 0)
        throw new UserError(
            "E_SCENARIO",
            `${file} has nothing of a world: no sensor, button or other service told anything on its board's bus. Record one with \`heapscope watch --port auto --record <file>\` while the program uses them.`,
        )
    const { program, board } = reader.header
    const about = `As recorded of ${program.entry} on ${board.id}.`
    const scenario: Scenario = {
        ...{ file, about, steps: [] },
        plan: { ...NO_PLAN, recorded: services, handlesWifi: has(services, WIFI) },
    }
    return {
        ...(isKnown(board.id) && { board: board.id }),
        ...{ file, folder: dirname(path), on: () => scenario },
        origin: { kind: "recording", file, path },
        said: { about, for: `${Math.max(1, Math.ceil(endMs))}ms` },
        check: () => undefined,
    }
}

function open(file: string, path: string): RecordingReader {
    try {
        return new RecordingReader(path)
    } catch (error) {
        if (!(error instanceof UserError) || error.code !== "E_RECORDING") throw error
        throw new UserError(
            "E_SCENARIO",
            `${file}: a scenario is a .json, .ts or .js file, or a recording of a real board, and this is none.`,
        )
    }
}

/** A board of the user's own is known by its file alone. */
function isKnown(board: string): boolean {
    try {
        return findBoard(board).id === board
    } catch {
        return false
    }
}

function* timed(
    events: Iterable<MemoryEvent>,
    tell: (atMs: number) => void,
): Generator<MemoryEvent> {
    for (const event of events) {
        tell(event.atMs)
        yield event
    }
}

function has(services: readonly RecordedService[], { serviceClass }: typeof WIFI) {
    return services.some(service => service.isOwn && service.serviceClass === serviceClass)
}
