import { instead } from "../../base/nearest"
import { UserError } from "../../base/errors"
import { RecordingReader } from "../../recording/node/recording-reader"
import { loadWorldLibraries } from "../../simulator/node/load-world-libraries"
import { WorldScheduler } from "../../simulator/world/libraries/world-scheduler"
import {
    recordedServices,
    type RecordedService,
} from "../../simulator/world/recorded/recorded-services"
import { READING } from "../../wire/jacdac-packet"

/** What a service measured at times, in simulated milliseconds since the recording began. */
export interface RecordedReadings {
    times: number[]
    values: number[]
}

/** A time in which nothing happens, for a library that is only asked. */
const NO_TIME = { nowUs: 0, after: () => () => undefined }

/**
 * What the services of a recording measured, by their short names in the Jacdac catalogue, in their own
 * units; of a reading with several fields the first.
 * @throws UserError when it is no recording
 */
export function readingsIn(path: string): Map<string, RecordedReadings> {
    const measured = new Map<string, RecordedReadings>()
    const library = loadWorldLibraries().jacdac([])
    const { jacdac } = library
    const scheduler = new WorldScheduler(NO_TIME, 0, library)
    for (const service of recordedServices(new RecordingReader(path).events())) {
        const known = jacdac.serviceSpecificationFromClassIdentifier(service.serviceClass)
        if (!known || measured.has(known.shortId)) continue
        const readings = scheduler.run(() =>
            readingsOf(service, new jacdac.SensorServer(service.serviceClass)),
        )
        if (readings.times.length > 0) measured.set(known.shortId, readings)
    }
    return measured
}

/**
 * One of them.
 * @param file the recording as it was named
 * @param name the service's: `temperature`. Default: the only one
 * @throws UserError when there is no such service, or there are several and none is named
 */
export function readingsOfService(
    measured: ReadonlyMap<string, RecordedReadings>,
    file: string,
    name?: string,
): RecordedReadings {
    const names = [...measured.keys()]
    const found = measured.get(name ?? names[0] ?? "")
    if (found && (name !== undefined || names.length === 1)) return found
    const why =
        names.length === 0
            ? "has nothing that a sensor measured on a real board."
            : name === undefined
              ? `has ${names.length} services: say which, as in recording ${file} of ${names[0]}.`
              : `has no ${name}${instead(name, names)}`
    throw new UserError("E_SCENARIO", `${file} ${why}`)
}

/** Whatever knows how a service packs its reading. */
interface Unpacks {
    reading?: { data: Uint8Array; values(): readonly unknown[] }
}

function readingsOf({ reports }: RecordedService, { reading }: Unpacks): RecordedReadings {
    const readings: RecordedReadings = { times: [], values: [] }
    for (const { atMs, register, data } of reports) {
        if (register !== READING || !reading) continue
        reading.data = data
        const [value] = reading.values()
        if (typeof value !== "number" && typeof value !== "boolean") continue
        readings.times.push(atMs)
        readings.values.push(Number(value))
    }
    return readings
}
