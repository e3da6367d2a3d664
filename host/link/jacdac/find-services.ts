import type { Link } from "../link"
import { announcedBy, type Announcement } from "./announcement"
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
                const told = announcedBy(frame)
                if (told?.classes.includes(wanted, 1)) finish(addressesOf(told))
            },
        })
        signal?.addEventListener("abort", give)
        if (signal?.aborted) give()
    })
}

/** The first service of each class. */
function addressesOf({ device, classes }: Announcement): Map<number, ServiceAddress> {
    const services = new Map<number, ServiceAddress>()
    // The first place is the control service's, and holds flags.
    for (const [index, serviceClass] of classes.entries())
        if (index > 0 && !services.has(serviceClass))
            services.set(serviceClass, { device, service: index })
    return services
}
