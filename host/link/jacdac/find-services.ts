import { FRAME_FLAG } from "../../wire/jacdac-frame"
import { deviceOf, packetsOf, SERVICE_INDEX } from "../../wire/jacdac-packet"
import type { Link } from "../link"
import type { ServiceAddress } from "./service-client"

/** Service classes of a DeviceScript board (`SRV_*` of jacdac-ts). */
export const SERVICE_CLASS = { manager: 0x1134ea2b, debugger: 0x155b5b40 } as const

/** A device announces itself every 500 ms: after three of them it is not there. Milliseconds. */
const ANNOUNCE_MS = 1600

/**
 * The services of the first device that announces one of a class, by class.
 * @returns undefined when none does in time, or the signal is aborted
 */
export function findServices(
    link: Link,
    wanted: number,
    { timeoutMs = ANNOUNCE_MS, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<ReadonlyMap<number, ServiceAddress> | undefined> {
    return new Promise(resolve => {
        const finish = (services?: ReadonlyMap<number, ServiceAddress>) => {
            clearTimeout(timer)
            signal?.removeEventListener("abort", give)
            stop()
            resolve(services)
        }
        const give = () => finish()
        const timer = setTimeout(give, timeoutMs)
        const stop = link.listen({
            frame: frame => {
                const services = announced(frame)
                if (services.has(wanted)) finish(services)
            },
        })
        signal?.addEventListener("abort", give)
        if (signal?.aborted) give()
    })
}

/** The first service of each class that a frame announces, none when it does not announce a device. */
function announced(frame: Uint8Array): Map<number, ServiceAddress> {
    const services = new Map<number, ServiceAddress>()
    if (frame[3]! & FRAME_FLAG.command) return services
    const device = deviceOf(frame)
    for (const { service, command, data } of packetsOf(frame)) {
        if (service !== SERVICE_INDEX.control || command !== 0) continue
        const view = new DataView(data.buffer, data.byteOffset, data.length)
        // The first word is flags, where other services' classes are: the control service's place.
        for (let index = 1; index * 4 + 4 <= data.length; index++) {
            const serviceClass = view.getUint32(index * 4, true)
            if (!services.has(serviceClass)) services.set(serviceClass, { device, service: index })
        }
    }
    return services
}
