import type { WorldControlled } from "../../../model/controls"
import type { WorldRole } from "../../../documents/world-report"
import type { BoardRole, JacdacBus, Arrivals } from "../../door"
import { FRAME_FLAG, FRAME_HEADER_BYTES } from "../../../wire/jacdac-frame"
import { packetFrame } from "../../../wire/jacdac-packet"
import type { WorldLibraries } from "../libraries/library"
import type { WorldTime } from "../world-time"
import type { Around } from "./habits"
import { ServiceDevices, type ServiceDevice } from "./devices"

/**
 * How long a role waits for the board or the program itself before a device for it comes to the bus,
 * in simulated milliseconds: who starts a service announces it within half a second.
 */
const OWN_SERVICES_MS = 600

interface Role {
    name: string
    serviceClass: number
    device: ServiceDevice | undefined
    /** What the role is bound to now. */
    boundTo: BoardRole["boundTo"]
    /** Who: the first one, as long as it is not another kind of one. */
    answeredBy: WorldRole["answeredBy"]
    asked: number
    heard: number
}

export interface ServiceWorldOptions {
    time: WorldTime & Pick<Arrivals, "put">
    /** A 32-bit number. */
    seed: number
    around: Around
    libraries: Pick<WorldLibraries, "jacdac">
    /** No device comes to the bus. */
    isStrict: boolean
    /** The program wants a service of this class. */
    onOpened: (serviceClass: number) => void
}

/**
 * The Jacdac bus of a simulated world: every role a program opens is answered by a device, unless the
 * board or the program itself offers the service. Nothing of it exists before the first role is opened.
 */
export class ServiceWorld implements JacdacBus {
    private readonly roles = new Map<string, Role>()
    /** By service key, which of them is heard there now. */
    private readonly byService = new Map<number, Role>()
    /** Low halves of the identifiers of the devices. */
    private readonly deviceIds = new Set<number>()
    private devices: ServiceDevices | undefined
    private received: Uint8Array[] = []

    constructor(private readonly options: ServiceWorldOptions) {}

    roleOpened({ name, serviceClass, isOwn, boundTo }: BoardRole): void {
        const known = this.roles.get(name)
        if (known) {
            // A program that restarts opens its roles anew; what served them is still there.
            known.boundTo = boundTo
            return
        }
        const role: Role = {
            ...{ name, serviceClass, boundTo, device: undefined },
            ...{ answeredBy: "nobody", asked: 0, heard: 0 },
        }
        this.roles.set(name, role)
        this.options.onOpened(serviceClass)
        // Such a role is for a service that the program itself offers, and waits for that one.
        const { devices, cast } = this.options.around
        const isPlanned = (devices?.has(name) || cast?.has(serviceClass, false)) ?? false
        const isWanted = !this.options.isStrict || isPlanned
        if (isWanted && !isOwn && !isServedByProgram(name))
            this.options.time.after(OWN_SERVICES_MS, () => this.provide(role))
    }

    roleChanged({ name, boundTo }: BoardRole): void {
        const role = this.roles.get(name)
        if (!role) return
        const last = role.boundTo
        if (last) this.byService.delete(serviceKey(lowHalf(last.device), last.service))
        role.boundTo = boundTo
        if (!boundTo) return
        const device = lowHalf(boundTo.device)
        role.answeredBy = this.deviceIds.has(device)
            ? role.device?.isRecorded
                ? "the recording"
                : "simulated device"
            : isServedByProgram(name)
              ? "the program itself"
              : "the board itself"
        this.byService.set(serviceKey(device, boundTo.service), role)
    }

    sent(frame: Uint8Array): void {
        const flags = frame[3]!
        if (!this.devices || !(flags & FRAME_FLAG.command)) return
        if (!(flags & FRAME_FLAG.broadcast)) {
            const device = deviceLowHalf(frame)
            if (!this.deviceIds.has(device)) return
            const role = this.byService.get(serviceKey(device, serviceOf(frame)))
            if (role) role.asked++
        }
        if (this.received.push(frame) === 1) this.options.time.after(0, () => this.deliver())
    }

    /** Somebody acts on the device of a role. @returns why that cannot be */
    control(
        name: string,
        act: (devices: ServiceDevices, device: ServiceDevice) => string | undefined,
        mayBeAway = false,
    ): string | undefined {
        const role = this.roles.get(name)
        const names = [...this.roles.keys()]
        if (!role)
            return names.length === 0
                ? `the program has opened no role until now, ${name} either`
                : `the program has no role ${name}: it has ${names.join(", ")}`
        const { device, boundTo } = role
        if (device && this.devices && (mayBeAway || boundTo)) return act(this.devices, device)
        if (!boundTo) return `nobody plays ${name} now`
        return `no device of the world plays ${name}, but ${role.answeredBy}: press or set its pin`
    }

    /** Sends a report from the device of a role, as no server of the catalogue would. */
    sendReport(device: ServiceDevice, command: number, data: Uint8Array): void {
        this.send(packetFrame(device.id, 0, { service: 1, command, data }))
    }

    /** What of the devices that the roles have somebody can press, turn and set. */
    controls(): WorldControlled[] {
        return [...this.roles.values()].flatMap(({ name, device, boundTo }) => {
            const control = device && boundTo && this.devices?.controlOf(name)
            return control ? { name, what: device.description, ...control } : []
        })
    }

    /** What became of the roles, in the order they were opened. */
    report(): WorldRole[] {
        return [...this.roles.values()].map(
            ({ name, serviceClass, device, answeredBy, ...role }) => ({
                name,
                serviceClass,
                answeredBy,
                ...(device && isDevice(answeredBy) && { device: device.description }),
                commands: role.asked,
                packets: role.heard,
            }),
        )
    }

    private provide(role: Role): void {
        if (role.boundTo) return
        this.devices ??= new ServiceDevices(
            this.options.time,
            this.options.seed,
            this.options.around,
            this.options.libraries.jacdac(this.options.around.services),
            frame => this.send(frame),
        )
        role.device = this.devices.add(role.serviceClass, role.name)
        if (role.device) this.deviceIds.add(lowHalf(role.device.id))
    }

    private deliver(): void {
        const frames = this.received
        this.received = []
        for (const frame of frames) this.devices!.receive(frame)
    }

    private send(frame: Uint8Array): void {
        const role = this.byService.get(serviceKey(deviceLowHalf(frame), serviceOf(frame)))
        if (role) role.heard++
        this.options.time.put({ kind: "frame", frame })
    }
}

function isDevice(answeredBy: WorldRole["answeredBy"]): boolean {
    return answeredBy === "simulated device" || answeredBy === "the recording"
}

/** The name says that the program starts a service for it: the role's binding hint of jacdac-c. */
function isServedByProgram(name: string): boolean {
    return name.includes("[app:")
}

function lowHalf(device: bigint): number {
    return Number(device & 0xffffffffn)
}

/** Low half of the identifier of the device a frame is from, or for. */
function deviceLowHalf(frame: Uint8Array): number {
    return (frame[4]! | (frame[5]! << 8) | (frame[6]! << 16) | (frame[7]! << 24)) >>> 0
}

/** Index of the service that a frame's first packet is from, or for: jacdac-ts and the VM send one a frame. */
function serviceOf(frame: Uint8Array): number {
    return frame[FRAME_HEADER_BYTES + 1]! & 0x3f
}

function serviceKey(deviceLowHalf: number, service: number): number {
    return deviceLowHalf * 64 + service
}
