import type { Packet } from "jacdac-ts"
import type { WorldControlled } from "../../../model/controls"
import { SeededRandom } from "../../../base/seeded-random"
import { FRAME_FLAG } from "../../../wire/jacdac-frame"
import { deviceOf, packetsOf } from "../../../wire/jacdac-packet"
import type { Jacdac, SharedJacdac } from "../libraries/shared-jacdac"
import { WorldScheduler } from "../libraries/world-scheduler"
import { seedOf } from "../seed-of"
import { playReports } from "../recorded/play-reports"
import type { PlayedService, RecordedReport } from "../recorded/recorded-services"
import type { WorldTime } from "../world-time"
import type { Signal } from "../signals"
import { Announcer } from "./announcer"
import { handOf, rangeOf, setDevice } from "./device-control"
import { HABITS, type Around } from "./habits"
import { makeLife } from "./life"
import { readingSignal } from "./readings"
import { KEEP_STREAMING, Refreshed } from "./refreshed"

/** A device that exists only in the world, with one service of the catalogue. */
export interface ServiceDevice {
    /** Its identifier on the bus. */
    id: bigint
    /** What it is, in the catalogue's words: `thermometer (outdoor)`. */
    description: string
    /** It tells what a real one told. */
    isRecorded: boolean
}

interface Announced {
    announcer: Announcer
    server: Server
    provider: Provider
    isAway: boolean
}

type Specification = NonNullable<ReturnType<Jacdac["serviceSpecificationFromClassIdentifier"]>>
type Server = InstanceType<Jacdac["JDServiceServer"]>
/** A device of jacdac-ts, which takes packets through its bus alone as far as its types say. */
type Provider = Omit<InstanceType<Jacdac["JDServerServiceProvider"]>, "handlePacket"> & {
    handlePacket(packet: Packet): void
}
type AnyProvider = Parameters<InstanceType<Jacdac["JDBus"]>["addServiceProvider"]>[0]

/** Services that are a board's own housekeeping: nobody offers them as a device. */
const HOUSEKEEPING: ReadonlySet<string> = new Set([
    ..."bootloader bridge control dashboard devicescriptcondition devicescriptdebugger".split(" "),
    ..."devicescriptmanager infrastructure logger proxy rolemanager uniquebrain usbbridge".split(
        " ",
    ),
])

/** Names of jacdac-ts' events, and the distances at which its bus emits them, in milliseconds. */
const PACKET_PROCESS = "packetProcess"
const RESET = "reset"
const PRE_GET = "registerPreGet"
const CHANGE = "change"
const ANNOUNCE_MS = 499
const REFRESH_MS = 50

/** Least simulated milliseconds between two looks of a sensor at what it measures. */
const LOOK_MS = 500

/**
 * The devices of a simulated world on their bus: jacdac-ts' servers, in simulated time, with signals and
 * with somebody who presses and turns.
 */
export class ServiceDevices {
    private readonly scheduler: WorldScheduler
    private readonly jacdac: Jacdac
    private readonly bus: InstanceType<Jacdac["JDBus"]>
    /** By identifier, as jacdac-ts writes it. */
    private readonly providers = new Map<string, Provider>()
    /** Servers that do something by themselves, by the identifier of their device, whose only one each is. */
    private readonly refreshed = new Map<bigint, Refreshed>()
    /** All of them, as those who tell the bus that they are there. */
    private readonly announced: Announced[] = []
    /** By role, while they are there or away. */
    private readonly byRole = new Map<string, Announced>()
    /** Identifiers of those that have left the bus. */
    private readonly away = new Set<string>()
    /** By server, which of its signals is the last. */
    private readonly follows = new Map<Server, symbol>()

    /** @param send takes the frames that the devices send */
    constructor(
        private readonly time: WorldTime,
        private readonly seed: number,
        private readonly around: Around,
        library: SharedJacdac,
        private readonly send: (frame: Uint8Array) => void,
    ) {
        this.scheduler = new WorldScheduler(time, seedOf(seed, "devices"), library)
        this.jacdac = library.jacdac
        this.bus = this.scheduler.run(() => this.makeBus(library))
    }

    /**
     * Puts a device on the bus.
     * @param name of the role it is for: the same name always gets the same device
     * @returns undefined for a service that is not in the catalogue, or is no device's
     */
    add(serviceClass: number, name: string): ServiceDevice | undefined {
        const { jacdac, scheduler } = this
        const specification = jacdac.serviceSpecificationFromClassIdentifier(serviceClass)
        if (!specification || HOUSEKEEPING.has(specification.shortId)) return undefined
        const definition = jacdac.serviceProviderDefinitionFromServiceClass(serviceClass)
        const seed = seedOf(this.seed, name)
        const id = (BigInt(seedOf(this.seed, `${name}/id`)) << 32n) | BigInt(seed)
        return scheduler.run(() => {
            const recorded = this.around.cast?.take(serviceClass, false, name)
            const server = recorded
                ? this.plainServer(serviceClass, specification, recorded)
                : this.server(serviceClass, specification, definition)
            const description = definition?.name ?? specification.name.toLowerCase()
            const provider = new jacdac.JDServerServiceProvider(description, [server], {
                deviceId: hexOf(id),
                deviceDescription: description,
            }) as unknown as Provider
            this.bus.addServiceProvider(provider as unknown as AnyProvider)
            this.providers.set(provider.deviceId, provider)
            if (Refreshed.listens(server))
                this.refreshed.set(id, new Refreshed(server, jacdac, id, this.send))
            const sent = () => provider.packetCount + (this.refreshed.get(id)?.sent ?? 0)
            const announcer = new Announcer(id, [serviceClass], sent)
            provider.on(RESET, () => announcer.reset())
            const announced: Announced = { announcer, server, provider, isAway: false }
            this.announced.push(announced)
            this.byRole.set(name, announced)
            const { uptime } = provider.controlService
            const bornMs = scheduler.timestamp
            uptime.on(PRE_GET, () => uptime.setValues([(scheduler.timestamp - bornMs) * 1000]))
            if (recorded) playReports(this.time, recorded, report => this.retell(server, report))
            else this.live(server, seed, name)
            return { id, description, isRecorded: recorded !== undefined }
        })
    }

    /** The device that plays a role, to act on; undefined while there is none. */
    playing(role: string): Server | undefined {
        return this.byRole.get(role)?.server
    }

    /** How somebody can act on the device of a role, if he can. */
    controlOf(role: string): Pick<WorldControlled, "how" | "low" | "high"> | undefined {
        const one = this.byRole.get(role)
        return one && !one.isAway ? handOf(one.server) : undefined
    }

    /** Calls into a device, and lets all that follows happen. */
    act(action: () => void): void {
        this.scheduler.run(action)
    }

    /** A device comes to the bus, or leaves it. */
    connect(role: string, isConnected: boolean): void {
        const one = this.byRole.get(role)
        if (!one) return
        one.isAway = !isConnected
        if (isConnected) this.away.delete(one.provider.deviceId)
        else this.away.add(one.provider.deviceId)
        if (isConnected) this.send(one.announcer.frame())
    }

    /** A sensor reads what a signal says from now on. @returns why it cannot */
    setSignal(role: string, signal: Signal): string | undefined {
        const server = this.playing(role)!
        const why = setDevice(server, [signal(this.scheduler.timestamp)], action =>
            this.act(action),
        )
        if (why === undefined) this.scheduler.within(() => this.follow(server, signal, 0))
        return why
    }

    /** Hands the devices a frame that the board sent. */
    receive(frame: Uint8Array): void {
        const { bus, jacdac, scheduler } = this
        if (scheduler.within(() => this.keepsStreaming(frame))) return
        scheduler.run(() => {
            for (const packet of jacdac.Packet.fromFrame(frame as never, bus.timestamp, true)) {
                const provider = this.providers.get(packet.deviceIdentifier)
                if (provider && this.away.has(provider.deviceId)) continue
                if (packet.isMultiCommand || !provider) bus.emit(PACKET_PROCESS, packet)
                else provider.handlePacket(packet)
            }
        })
    }

    /** What nearly all commands are: a sensor is to go on streaming. */
    private keepsStreaming(frame: Uint8Array): boolean {
        if (frame[3] !== FRAME_FLAG.command) return false
        const [packet, ...more] = packetsOf(frame)
        if (packet?.command !== KEEP_STREAMING || packet.service !== 1 || more.length > 0)
            return false
        return this.refreshed.get(deviceOf(frame))?.keepStreaming(packet.data[0] ?? 0) ?? false
    }

    private announce(): void {
        for (const { announcer, server, isAway } of this.announced) {
            if (isAway) continue
            this.send(announcer.frame())
            // What is not ready, says so.
            if (server.statusCode.data?.some(byte => byte !== 0))
                void server.statusCode.sendGetAsync()
        }
    }

    /** A bus on which announcements and refreshes are ours, at the distances of jacdac-ts' own. */
    private makeBus(library: SharedJacdac) {
        const { scheduler, send } = this
        const bus = library.makeBus(scheduler, { isAway: id => this.away.has(id), send })
        scheduler.setInterval(() => this.announce(), ANNOUNCE_MS)
        scheduler.setInterval(() => {
            for (const server of this.refreshed.values()) server.refresh(scheduler.timestamp)
        }, REFRESH_MS)
        return bus
    }

    private server(
        serviceClass: number,
        specification: Specification,
        definition: ReturnType<Jacdac["serviceProviderDefinitionFromServiceClass"]>,
    ): Server {
        const { jacdac } = this
        if (specification.shortId === "wifi")
            return new jacdac.WifiServer({
                scanResults: [
                    {
                        flags: 0 as never,
                        rssi: -60,
                        channel: 6,
                        bssid: new Uint8Array(6),
                        ssid: "simulated",
                    },
                ],
                knownNetworks: [
                    { ssid: "simulated", flags: 0 as never, priority: 0, password: "" },
                ],
            })
        if (definition) {
            return definition.services()[0]!
        }
        return this.plain(serviceClass, specification)
    }

    /** One that does nothing by itself. */
    private plain(serviceClass: number, { packets }: Specification): Server {
        const { SensorServer, JDServiceServer } = this.jacdac
        const has = (name: string) => packets.find(({ identifierName }) => identifierName === name)
        // What reads any number of values has no first reading.
        const reads =
            has("streaming_samples") && !/^(?:b|r:)/.test(has("reading")?.packFormat ?? "b")
        return new (reads ? SensorServer : JDServiceServer)(serviceClass)
    }

    /** One that tells nothing but what was recorded. */
    private plainServer(
        serviceClass: number,
        specification: Specification,
        { service: { reports } }: PlayedService,
    ): Server {
        const server = this.plain(serviceClass, specification)
        for (const code of new Set(reports.map(({ register }) => register))) {
            const isKnown = server.registers.some(({ identifier }) => identifier === code)
            const isItsOwn = specification.packets.some(
                ({ kind, identifier }) => kind === "ro" && identifier === code,
            )
            if (!isKnown && isItsOwn) server.addRegister(code!)
        }
        for (const register of server.registers) register.skipErrorInjection = true
        return server
    }

    private live(server: Server, seed: number, name: string): void {
        const planned = this.around.devices?.get(name)
        if (planned?.isConnected === false) this.connect(name, false)
        if (planned?.reading) return this.follow(server, planned.reading(seed), seed)
        if (this.around.handled?.has(name)) return
        const service = server.specification.shortId
        const run = (action: () => void) => this.scheduler.run(action)
        const life = makeLife(this.time, new SeededRandom(seed), run)
        const habit = HABITS[service]
        if (habit) return habit(server, life, this.around)
        if (!(server instanceof this.jacdac.SensorServer)) return
        const range = rangeOf(server)
        if (range) this.follow(server, readingSignal(service, range, seed), seed)
    }

    /** Has a device tell what a real one told. */
    private retell(server: Server, { register, event, data }: RecordedReport): void {
        this.act(() => {
            if (event !== undefined) void server.sendEvent(event, data)
            else if (register !== undefined) this.restore(server, register, data)
        })
    }

    /** A register has a recorded value, as far as the server has that register and its size. */
    private restore(server: Server, code: number, data: Uint8Array): void {
        const register = server.registers.find(({ identifier }) => identifier === code)
        if (!register || (register.data && register.data.length !== data.length)) return
        register.data = data
        register.emit(CHANGE)
    }

    /** Has a sensor read a signal, until it has another one. */
    private follow(server: Server, signal: Signal, seed: number): void {
        if (!(server instanceof this.jacdac.SensorServer)) return
        const { reading } = server
        const run = (action: () => void) => this.scheduler.run(action)
        const life = makeLife(this.time, new SeededRandom(seed), run)
        const mine = Symbol()
        this.follows.set(server, mine)
        const look = () => {
            if (this.follows.get(server) === mine) reading.setValues([signal(life.nowMs)])
        }
        look()
        life.every(Math.max(LOOK_MS, server.streamingInterval.values()[0]), look)
    }

    /** A sensor stays at what it is set to. */
    hold(role: string): void {
        this.follows.delete(this.playing(role)!)
    }
}

/** A device identifier as jacdac-ts writes it: its bytes in the order of the wire. */
function hexOf(id: bigint): string {
    const bytes = new Uint8Array(8)
    new DataView(bytes.buffer).setBigUint64(0, id, true)
    return [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("")
}
