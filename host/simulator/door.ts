import type { WorldHost } from "../documents/world-report"
import type { Settings } from "../model/program/program"
import type { Clock } from "./clock"

/**
 * The one door into the simulated board. Time passes at its own pace; all else that enters the VM,
 * random bytes, pin levels, bus answers, Jacdac packets and socket events, comes through here, so a run
 * is its program, its board and what came through its door. What the board sends out passes here too.
 *
 * Answers are given while the VM runs: none of these functions may call back into the board. What comes
 * by itself, packets and socket events, waits until the board takes it between two of its steps.
 */
export interface Door {
    readonly random: RandomSource
    readonly pins: Pins
    readonly i2c: I2cBus
    readonly spi: SpiBus
    readonly strips: LedStrips
    readonly jacdac: JacdacBus
    readonly network: Network
    readonly cloud: Cloud
    readonly settings: GivenSettings
    readonly arrivals: Arrivals
}

/** The board's hardware random generator. */
export interface RandomSource {
    fill(target: Uint8Array): void
}

/** What the board knows of the time, for those outside: simulated microseconds since power-on. */
export interface BoardTime {
    readonly nowUs: number
}

/** What holds an input when nothing else drives it. */
export type Pull = "none" | "up" | "down"

/** The wires at the chip's pins, by the chip's own pin number (`GPIO`, not the board's label). */
export interface Pins {
    /** The board drives the pin with this level, 0 or 1, from now on. */
    drive(pin: number, level: number): void
    /** The board stops driving the pin. */
    release(pin: number, use: "off" | "input" | "analog", pull: Pull): void
    /** Level the board reads at a pin that it set up as input. @returns 0 or 1 */
    level(pin: number): number
    /** What the board's converter reads. @returns 0 to 65,535 of the reference voltage */
    analog(pin: number): number
    /** The board drives the pin with pulses of this length, one each period, in microseconds. */
    pulse(pin: number, periodUs: number, pulseUs: number): void
    /**
     * What the board's firmware takes to be wired there: `button`, `servo`.
     * @param atRest level at its output while nothing happens. Default: what the pull gives
     */
    wired(part: string, pins: readonly number[], atRest?: number): void
    /** What the chip's own sensor measures, in degrees Celsius. */
    temperature(): number
}

/** The board's default I2C bus. */
export interface I2cBus {
    /**
     * One write, with a stop at its end unless a read follows.
     * @param address seven bits
     * @returns whether a device acknowledged its address and all bytes
     */
    write(address: number, data: Uint8Array, thenRead: boolean): boolean
    /** One read. @returns the bytes, as many as asked for, or undefined when nobody acknowledged */
    read(address: number, size: number): Uint8Array | undefined
    /** The board wanted the bus and has none: its configuration names no pins for it. */
    hasNoPins(): void
}

/** How the board drives its SPI bus; pins by the chip's number, 255 for none. */
export interface SpiSettings {
    miso: number
    mosi: number
    sck: number
    /** Clock polarity and phase, 0 to 3. */
    mode: number
    hz: number
}

export interface SpiBus {
    configure(settings: SpiSettings): void
    /**
     * One transfer: as many bytes come back as go out. Who is meant, the board says with its pins.
     * @param sent what goes out, undefined when the board only reads
     * @param size bytes each way
     * @param wanted whether the board looks at what comes back
     * @returns what comes back; undefined stands for a line that nobody drives
     */
    transfer(sent: Uint8Array | undefined, size: number, wanted: boolean): Uint8Array | undefined
}

export interface LedStrips {
    /** Colours for a strip of addressable LEDs at this pin, in the order of the wire. */
    send(pin: number, data: Uint8Array): void
}

/** A service the program wants. */
export interface BoardRole {
    name: string
    /** Class of the service in the Jacdac catalogue. */
    serviceClass: number
    /** The firmware itself starts it, at the board's pins: nobody else will do. */
    isOwn: boolean
    /** What the firmware found for it, if anything. */
    boundTo: { device: bigint; service: number } | undefined
}

/** The Jacdac bus the board is on. */
export interface JacdacBus {
    /** A frame the board sends. It is the receiver's to keep. */
    sent(frame: Uint8Array): void
    /** The program wants a service, from now on. */
    roleOpened(role: BoardRole): void
    /** The firmware found somebody who offers it, or lost who did. */
    roleChanged(role: BoardRole): void
}

/** The network as the firmware's one socket sees it. TLS ends in the firmware: what passes is plain. */
export interface Network {
    available(): boolean
    /** A connection is there, or under way, that may still bring something. */
    isOpen(): boolean
    /** @returns 0 when the attempt begins, negative when it cannot */
    open(host: string, port: number, tls: boolean): number
    /** @param data is the receiver's to keep. @returns 0, negative when it could not be sent */
    write(data: Uint8Array): number
    close(): void
}

/** A network that can tell afterwards whom the board spoke to. */
export interface ReportingNetwork extends Network {
    report(): WorldHost[]
}

/** In what form something goes to the cloud or comes from there (`JD_WSSK_DATA_TYPE_*` of jacdac-c). */
export const CLOUD_FORMS = { binary: 1, json: 2 } as const

export type CloudForm = keyof typeof CLOUD_FORMS

/** What the board's own cloud adapter is connected to, its encrypted connection aside. */
export interface Cloud {
    isConnected(): boolean
    upload(topic: string, form: CloudForm, data: Uint8Array): void
}

/** What the firmware's socket tells its program (`JD_CONN_EV_*` in the VM's `jd_network.h`). */
export const SOCKET_EVENTS = { open: 1, close: 2, error: 3, data: 4 } as const

export type SocketEvent = keyof typeof SOCKET_EVENTS

/** Settings that are put into the board's flash beside those of the project. */
export interface GivenSettings {
    readonly all: Settings
    /** The program asks for one, whether it is there or not. */
    asked(name: string): void
}

/** Something that comes to the board by itself. */
export type Arrival =
    | { kind: "frame"; frame: Uint8Array }
    /** `data` is what was received, or the text of an error; empty otherwise. */
    | { kind: "socket"; event: SocketEvent; data: Uint8Array }
    /** `data` is the topic, a zero and what is told of it. */
    | { kind: "cloud"; form: CloudForm; data: Uint8Array }

/** The time that the world and the board share, and what comes to the board in it. */
export interface Arrivals {
    /** Whoever lets the board run lets its time pass. */
    readonly clock: Clock
    /** The board was reset: its pins float, its connections are gone. */
    reset(): void
    /** The next thing that has arrived by now, in the order it came. */
    take(): Arrival | undefined
    /** Brings something from outside the world: a host on the wire. */
    put(arrival: Arrival): void
    /**
     * Something to wait for before the board goes on, when the world has work of the host's event
     * loop under way; it costs no simulated time.
     */
    settling(): Promise<void> | undefined
}
