import { fromHex } from "../../../base/hex"
import type { MemoryEvent, ServiceEvent } from "../../../model/events"
import type { WorldRecorded } from "../../../documents/world-report"

/** What a service told at a moment: the value of a register, or an event. */
export interface RecordedReport {
    atMs: number
    register?: number
    event?: number
    data: Uint8Array
}

/** What a service on a real board's bus told over a recording. */
export interface RecordedService {
    /** Class of the service in the Jacdac catalogue. */
    serviceClass: number
    /** The board itself offered it. */
    isOwn: boolean
    /** In order of time. */
    reports: readonly RecordedReport[]
}

/** The services that a recording heard, in the order in which they first told something. */
export function recordedServices(events: Iterable<MemoryEvent>): RecordedService[] {
    const services = new Map<string, RecordedService & { reports: RecordedReport[] }>()
    for (const event of events) {
        if (event.kind !== "service") continue
        const key = `${event.device} ${event.index}`
        let service = services.get(key)
        if (!service) {
            const { serviceClass, isOwn } = event
            services.set(key, (service = { serviceClass, isOwn, reports: [] }))
        }
        service.reports.push(reportOf(event))
    }
    return [...services.values()]
}

function reportOf({ atMs, register, event, data }: ServiceEvent): RecordedReport {
    return {
        atMs,
        ...(register !== undefined && { register }),
        ...(event !== undefined && { event }),
        data: fromHex(data),
    }
}

/** A recorded service that is played in a run, and how far. */
export interface PlayedService {
    service: RecordedService
    /** Who plays it: a role, or a pin. Nobody yet: undefined. */
    by: string | undefined
    /** Reports that were played. */
    played: number
}

/** The recorded services of a run: each is played by the first that the program asks for of its kind. */
export class RecordedCast {
    private readonly all: PlayedService[]

    constructor(services: readonly RecordedService[]) {
        this.all = services.map(service => ({ service, by: undefined, played: 0 }))
    }

    /** Whether there is one of a class that nobody plays. @param isOwn the board itself is to offer it */
    has(serviceClass: number, isOwn: boolean): boolean {
        return this.free(serviceClass, isOwn) !== undefined
    }

    /**
     * The next one of a class that nobody plays.
     * @param isOwn the board itself is to offer it
     * @param by who plays it from now on
     */
    take(serviceClass: number, isOwn: boolean, by: string): PlayedService | undefined {
        const free = this.free(serviceClass, isOwn)
        if (free) free.by = by
        return free
    }

    private free(serviceClass: number, isOwn: boolean): PlayedService | undefined {
        return this.all.find(
            ({ service, by }) =>
                by === undefined &&
                service.serviceClass === serviceClass &&
                service.isOwn === isOwn,
        )
    }

    report(): WorldRecorded[] {
        return this.all.map(({ service: { serviceClass, reports }, by, played }) => ({
            serviceClass,
            ...(by !== undefined && { playedBy: by }),
            reports: reports.length,
            played,
        }))
    }
}
