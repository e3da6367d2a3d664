import { toHex } from "../../base/hex"
import type { ServiceEvent } from "../../model/events"
import { FRAME_FLAG } from "../../wire/jacdac-frame"
import { deviceOf, packetsOf, type JacdacPacket } from "../../wire/jacdac-packet"
import { announcedBy, type Announcement } from "./announcement"
import { SERVICE_CLASS } from "./find-services"

/**
 * Classes of services that keep house on the bus and measure nothing: of jacdac-ts, logger, role manager,
 * bridges, proxy, unique brain, infrastructure, dashboard, condition, settings, bootloader, and the two of
 * the board itself.
 */
export const HOUSEKEEPING: ReadonlySet<number> = new Set([
    ...[0x12dc1fca, 0x1e4b7e66, 0x1fe5b46f, 0x18f61a4a, 0x16f19949, 0x103c4ee5, 0x1e1589eb],
    ...[0x1be59107, 0x1196796d, 0x1107dc4a, 0x1ffa9948],
    ...Object.values(SERVICE_CLASS),
])

/** A command's bits: an event with a counter and a code, or the answer of a register. */
const EVENT = 0x8000
const EVENT_CODE = 0xff
/** The event that a service's state of health has changed. */
const STATUS_CHANGED = 4
const KIND = 0xf000
const REGISTER = 0x1000
const REGISTER_CODE = 0xfff
/** Registers that only tell: those of all services, 257 being `reading`, and those of one. */
const FIRST_TELLING = 0x100
const LAST_TELLING = 0x1ff
/** A reading that streams is kept this often at the most, in milliseconds. */
const KEEP_EVERY_MS = 100
/** A board and what is plugged into it are a few. What announces more without end is no bus of devices. */
const MAX_DEVICES = 64
/** Registers that are watched: a service has a few. */
const MAX_REGISTERS = 1024

interface Device {
    classes: readonly number[]
    isOwn: boolean
}

/**
 * What the services on a board's bus tell, as the frames on its wire show it: events, and readings that
 * are others than before, those that stream ten times a second at the most.
 */
export class ServiceEvents {
    private readonly devices = new Map<bigint, Device>()
    /** By device, service and register: what it told last, and when. */
    private readonly told = new Map<string, { data: string; atMs: number }>()
    /** By device and service, the last event: the firmware sends each three times. */
    private readonly lastEvents = new Map<string, number>()

    /** @param frame valid. @param atMs when it came */
    add(frame: Uint8Array, atMs: number): ServiceEvent[] {
        if (frame[3]! & FRAME_FLAG.command) return []
        const packets = packetsOf(frame)
        this.announced(announcedBy(frame, packets))
        const id = deviceOf(frame)
        const device = this.devices.get(id)
        if (!device) return []
        return packets.flatMap(packet => this.heard(id, device, packet, atMs) ?? [])
    }

    private announced(told: Announcement | undefined): void {
        if (!told || (!this.devices.has(told.device) && this.devices.size >= MAX_DEVICES)) return
        const { device, classes } = told
        this.devices.set(device, { classes, isOwn: classes.includes(SERVICE_CLASS.manager) })
    }

    private heard(
        id: bigint,
        { classes, isOwn }: Device,
        { service: index, command, data: bytes }: JacdacPacket,
        atMs: number,
    ): ServiceEvent | undefined {
        const serviceClass = index === 0 ? undefined : classes[index]
        if (serviceClass === undefined || HOUSEKEEPING.has(serviceClass)) return undefined
        const device = id.toString(16).padStart(16, "0")
        const data = toHex(bytes)
        const about = { kind: "service" as const, atMs, device, index, serviceClass, isOwn }
        if (command & EVENT) {
            const key = `${device} ${index}`
            if (this.lastEvents.get(key) === command) return undefined
            this.lastEvents.set(key, command)
            if ((command & EVENT_CODE) === STATUS_CHANGED) return undefined
            return { ...about, event: command & EVENT_CODE, data }
        }
        const register = command & REGISTER_CODE
        if ((command & KIND) !== REGISTER || register < FIRST_TELLING || register > LAST_TELLING)
            return undefined
        const key = `${device} ${index} ${register}`
        const last = this.told.get(key)
        if (last ? !isNews(last, data, atMs) : this.told.size >= MAX_REGISTERS) return undefined
        this.told.set(key, { data, atMs })
        return { ...about, register, data }
    }
}

function isNews(last: { data: string; atMs: number }, data: string, atMs: number): boolean {
    return data !== last.data && atMs - last.atMs >= KEEP_EVERY_MS
}
