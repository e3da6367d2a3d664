import type { JDBus, JDService } from "jacdac-ts"
import { UserError } from "../../base/errors"
import { FRAME_FLAG } from "../../wire/jacdac-frame"
import { deviceOf } from "../../wire/jacdac-packet"
import type { Link } from "../link"
import { ServiceClient, type ServiceAddress } from "./service-client"

/** The devices behind a link and their services, as the official client library sees them. */
export interface BoardBus {
    readonly bus: JDBus
    readonly link: Link
    /** Reads and writes the registers of a service. */
    clientOf(service: JDService): ServiceClient
    /** Leaves the link as it is. */
    close(): Promise<void>
}

/** A board announces itself every 500 ms; its services a little later. Milliseconds. */
const ANNOUNCE_MS = 4000

/** A board and what is plugged into it are a few. What announces more without end is no bus of devices. */
const MAX_DEVICES = 64

/** Puts jacdac-ts on an open link, in place of its own transports. */
export async function openBus(link: Link): Promise<BoardBus> {
    const { JDBus, createProxyBridge } = await import("jacdac-ts")
    const bus = new JDBus([], { disableRoleManager: true })
    const bridge = createProxyBridge(frame => {
        // Who sends over a link that is down waits for an answer in vain, and has to expect that anyway.
        link.send(Uint8Array.from(frame)).catch(() => undefined)
    })
    bridge.bus = bus
    const devices = new Set<bigint>()
    const isKnown = (frame: Uint8Array): boolean => {
        if (frame[3]! & FRAME_FLAG.command) return true
        if (devices.size < MAX_DEVICES) devices.add(deviceOf(frame))
        return devices.has(deviceOf(frame))
    }
    const stop = link.listen({
        frame: frame => {
            if (isKnown(frame)) bridge.receiveFrameOrPacket(frame, link.address)
        },
    })
    return {
        ...{ bus, link },
        clientOf: service => new ServiceClient(link, addressOf(service)),
        close: async () => {
            stop()
            // Not undefined in the type: taking the bus away is how a bridge is removed.
            bridge.bus = undefined as unknown as JDBus
            await bus.stop()
        },
    }
}

/**
 * The service of a class on the bus, as soon as a device announces it.
 * @throws UserError when none does in time
 */
export async function findService(
    { bus }: BoardBus,
    serviceClass: number,
    what: string,
    timeoutMs = ANNOUNCE_MS,
): Promise<JDService> {
    const { DEVICE_ANNOUNCE } = await import("jacdac-ts")
    const find = () => bus.services({ serviceClass })[0]
    const found = find()
    if (found) return found
    return new Promise((resolve, reject) => {
        const stop = bus.subscribe(DEVICE_ANNOUNCE, () => {
            const service = find()
            if (service) finish(() => resolve(service))
        })
        const timer = setTimeout(
            () =>
                finish(() =>
                    reject(
                        new UserError(
                            "E_NO_SERVICE",
                            `The board talks but offers no ${what}: is its firmware DeviceScript's?`,
                        ),
                    ),
                ),
            timeoutMs,
        )
        function finish(then: () => void): void {
            stop()
            clearTimeout(timer)
            then()
        }
    })
}

/** Where a service is. The official library writes a device's id in the order of its bytes. */
export function addressOf({ device, serviceIndex }: JDService): ServiceAddress {
    const bytes = device.deviceId.match(/../g) ?? []
    return { device: BigInt(`0x${bytes.reverse().join("")}`), service: serviceIndex }
}
