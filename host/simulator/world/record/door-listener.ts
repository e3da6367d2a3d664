import { toHex } from "../../../base/hex"
import type { Answer, Coming } from "../../../documents/world-record"
import type { Arrival, Door } from "../../door"
import { heardArrivals } from "../../heard-arrivals"

/** An answer as it is noted: without how often it was given. */
export type Noted = Answer extends infer A ? (A extends unknown ? Omit<A, "times"> : never) : never

/** Keeps what comes through a door. */
export interface DoorNotes {
    /** The board asked for something, and was answered. */
    answered(answer: Noted): void
    /** Something came by itself, and the board took it. */
    came(coming: Coming): void
}

/** The same door, with somebody at it who notes all that comes through; the board sees no difference. */
export function listenAt(door: Door, notes: DoorNotes): Door {
    const { random, pins, i2c, spi, strips, jacdac, network, cloud, settings, arrivals } = door
    let wasOpen = false
    return {
        strips,
        jacdac,
        settings,
        random: {
            fill: target => {
                random.fill(target)
                notes.answered({ kind: "random", bytes: toHex(target) })
            },
        },
        pins: {
            drive: (pin, level) => pins.drive(pin, level),
            release: (pin, use, pull) => pins.release(pin, use, pull),
            level: pin => {
                const level = pins.level(pin) === 0 ? 0 : 1
                notes.answered({ kind: "level", pin, level })
                return level
            },
            analog: pin => {
                const value = pins.analog(pin)
                notes.answered({ kind: "analog", pin, value })
                return value
            },
            pulse: (pin, periodUs, pulseUs) => pins.pulse(pin, periodUs, pulseUs),
            wired: (part, at, atRest) => pins.wired(part, at, atRest),
            temperature: () => {
                const degrees = pins.temperature()
                notes.answered({ kind: "temperature", degrees })
                return degrees
            },
        },
        i2c: {
            write: (address, data, thenRead) => {
                const acknowledged = i2c.write(address, data, thenRead)
                notes.answered({ kind: "i2c-write", address, acknowledged })
                return acknowledged
            },
            read: (address, size) => {
                const bytes = i2c.read(address, size)
                notes.answered({ kind: "i2c-read", address, bytes: hexOrNull(bytes) })
                return bytes
            },
            hasNoPins: () => i2c.hasNoPins(),
        },
        spi: {
            configure: settings => spi.configure(settings),
            transfer: (sent, size, wanted) => {
                const bytes = spi.transfer(sent, size, wanted)
                if (wanted) notes.answered({ kind: "spi", bytes: hexOrNull(bytes) })
                return bytes
            },
        },
        network: {
            available: () => {
                const available = network.available()
                notes.answered({ kind: "network", available })
                return available
            },
            isOpen: () => {
                const open = network.isOpen()
                if (open !== wasOpen) notes.came({ kind: "connection", atUs: now(), open })
                return (wasOpen = open)
            },
            open: (host, port, tls) => {
                const result = network.open(host, port, tls)
                notes.answered({ kind: "connect", result })
                return result
            },
            write: data => {
                const result = network.write(data)
                notes.answered({ kind: "send", result })
                return result
            },
            close: () => network.close(),
        },
        cloud: {
            isConnected: () => {
                const connected = cloud.isConnected()
                notes.answered({ kind: "cloud", connected })
                return connected
            },
            upload: (topic, form, data) => cloud.upload(topic, form, data),
        },
        arrivals: heardArrivals(arrivals, next => notes.came(comingOf(next, now()))),
    }

    function now(): number {
        return arrivals.clock.nowUs
    }
}

function comingOf(arrival: Arrival, atUs: number): Coming {
    if (arrival.kind === "frame") return { kind: "frame", atUs, bytes: toHex(arrival.frame) }
    const bytes = toHex(arrival.data)
    if (arrival.kind === "cloud") return { kind: "from-cloud", atUs, form: arrival.form, bytes }
    return { kind: "socket", atUs, event: arrival.event, bytes }
}

function hexOrNull(bytes: Uint8Array | undefined): string | null {
    return bytes === undefined ? null : toHex(bytes)
}
