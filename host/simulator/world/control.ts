import type { ArrivalQueue } from "./arrival-queue"
import type { HardwareWorld } from "./hardware/hardware-world"
import type { WorldCloud } from "./network/cloud"
import type { Wifi } from "./network/wifi"
import type { WorldNetwork } from "./network/world-network"
import type { I2cPlan, Quantity, ServerPlan } from "./plan"
import {
    pressDevice,
    sendFrom,
    setDevice,
    turnDevice,
    type PacketData,
} from "./services/device-control"
import type { ServiceWorld } from "./services/service-world"
import type { Signal } from "./signals"

/**
 * Acts on a world in the middle of a run. What cannot be done says why, in words that go on after what was
 * to be done and a colon; undefined when it was done.
 */
export interface WorldControl {
    pressPin(pin: number, ms: number): void
    pressRole(role: string, ms: number): string | undefined
    /** @param to 0 to 1, of a knob. @param clicks of an encoder */
    turnRole(role: string, to: number | undefined, clicks: number | undefined): string | undefined
    setQuantity(quantity: Quantity, signal: Signal): void
    setPin(pin: number, signal: Signal): void
    setRole(role: string, values: readonly (number | boolean)[] | Signal): string | undefined
    connect(role: string, isConnected: boolean): string | undefined
    wifi(isUp: boolean): void
    answer(server: ServerPlan): void
    i2c(plan: I2cPlan): void
    publish(topic: string, payload: Uint8Array): string | undefined
    cloud(topic: string, form: "json" | "binary", payload: Uint8Array): string | undefined
    send(role: string, packet: PacketData): string | undefined
}

/** The parts of a world that somebody acts on. */
interface Parts {
    time: ArrivalQueue
    wifi: Wifi
    cloud: WorldCloud
    services: ServiceWorld
    network: WorldNetwork
    hardware: HardwareWorld
}

export function makeControl(parts: Parts): WorldControl {
    const { time, wifi, cloud, services, network, hardware } = parts
    const { scripted } = hardware
    return {
        pressPin: (pin, ms) => scripted.press(pin, time.nowUs / 1000 + ms),
        pressRole: (role, ms) =>
            services.control(role, devices =>
                pressDevice(devices.playing(role)!, ms, time, action => devices.act(action)),
            ),
        turnRole: (role, to, clicks) =>
            services.control(role, devices =>
                turnDevice(devices.playing(role)!, to, clicks, action => devices.act(action)),
            ),
        setQuantity: (quantity, signal) => scripted.setQuantity(quantity, signal),
        setPin: (pin, signal) => scripted.setPin(pin, signal),
        setRole: (role, values) =>
            services.control(role, devices => {
                if (typeof values === "function") return devices.setSignal(role, values)
                devices.hold(role)
                return setDevice(devices.playing(role)!, values, action => devices.act(action))
            }),
        connect: (role, isConnected) =>
            services.control(
                role,
                devices => {
                    devices.connect(role, isConnected)
                    return undefined
                },
                true,
            ),
        wifi: isUp => wifi.setUp(isUp),
        answer: server => network.answer(server),
        i2c: plan => hardware.i2c.plan(plan),
        publish: (topic, payload) => network.publish(topic, payload),
        cloud: (topic, form, payload) => cloud.send(topic, form, payload),
        send: (role, packet) =>
            services.control(role, (devices, device) => {
                if (packet.event === undefined)
                    services.sendReport(device, packet.command!, packet.data)
                else sendFrom(devices.playing(role)!, packet, action => devices.act(action))
                return undefined
            }),
    }
}
