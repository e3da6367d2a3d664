import { toHex } from "../../../base/hex"
import { toJson } from "../../../base/json"
import type { Answer, Coming } from "../../../documents/world-record"
import { writeWorldRecord } from "../../../recording/world-record"
import type { Arrival, Door } from "../../door"
import { heardArrivals } from "../../heard-arrivals"
import type { World } from "../world"
import { recordHeader, type Recorded } from "./record-header"

/** An answer as it is noted: without how often it was given. */
type Noted = Answer extends infer A ? (A extends unknown ? Omit<A, "times"> : never) : never

/** Notes all that comes through a world's door while a board lives in it; the board sees no difference. */
export class WorldRecorder {
    /** The same world, with somebody at its door. */
    readonly world: World
    private readonly entries: string[] = []
    /** The last answer, and how often it was given in a row. */
    private last = ""
    private times = 0
    private answers = 0
    private comings = 0
    private isOpen = false

    constructor(private readonly inner: World) {
        const { door } = inner
        this.world = {
            ...inner,
            door: this.watched(door),
            place: () => ({ answers: this.answers, comings: this.comings }),
        }
    }

    /**
     * The record as the text of a file, once the run is over.
     * @param forMs simulated milliseconds that it covers
     */
    text(recorded: Recorded, forMs: number): string {
        this.flush()
        const header = recordHeader(recorded, forMs)
        return writeWorldRecord({ header, world: this.inner.report() }, this.entries)
    }

    private watched(door: Door): Door {
        const { random, pins, i2c, spi, strips, jacdac, network, cloud, settings, arrivals } = door
        return {
            strips,
            jacdac,
            settings,
            random: {
                fill: target => {
                    random.fill(target)
                    this.note({ kind: "random", bytes: toHex(target) })
                },
            },
            pins: {
                drive: (pin, level) => pins.drive(pin, level),
                release: (pin, use, pull) => pins.release(pin, use, pull),
                level: pin => {
                    const level = pins.level(pin) === 0 ? 0 : 1
                    this.note({ kind: "level", pin, level })
                    return level
                },
                analog: pin => {
                    const value = pins.analog(pin)
                    this.note({ kind: "analog", pin, value })
                    return value
                },
                pulse: (pin, periodUs, pulseUs) => pins.pulse(pin, periodUs, pulseUs),
                wired: (part, at, atRest) => pins.wired(part, at, atRest),
                temperature: () => {
                    const degrees = pins.temperature()
                    this.note({ kind: "temperature", degrees })
                    return degrees
                },
            },
            i2c: {
                write: (address, data, thenRead) => {
                    const acknowledged = i2c.write(address, data, thenRead)
                    this.note({ kind: "i2c-write", address, acknowledged })
                    return acknowledged
                },
                read: (address, size) => {
                    const bytes = i2c.read(address, size)
                    this.note({ kind: "i2c-read", address, bytes: hexOrNull(bytes) })
                    return bytes
                },
                hasNoPins: () => i2c.hasNoPins(),
            },
            spi: {
                configure: settings => spi.configure(settings),
                transfer: (sent, size, wanted) => {
                    const bytes = spi.transfer(sent, size, wanted)
                    if (wanted) this.note({ kind: "spi", bytes: hexOrNull(bytes) })
                    return bytes
                },
            },
            network: {
                available: () => {
                    const available = network.available()
                    this.note({ kind: "network", available })
                    return available
                },
                isOpen: () => {
                    const open = network.isOpen()
                    if (open !== this.isOpen) this.came({ kind: "connection", atUs: now(), open })
                    return (this.isOpen = open)
                },
                open: (host, port, tls) => {
                    const result = network.open(host, port, tls)
                    this.note({ kind: "connect", result })
                    return result
                },
                write: data => {
                    const result = network.write(data)
                    this.note({ kind: "send", result })
                    return result
                },
                close: () => network.close(),
            },
            cloud: {
                isConnected: () => {
                    const connected = cloud.isConnected()
                    this.note({ kind: "cloud", connected })
                    return connected
                },
                upload: (topic, form, data) => cloud.upload(topic, form, data),
            },
            arrivals: heardArrivals(arrivals, next => this.came(comingOf(next, now()))),
        }

        function now(): number {
            return arrivals.clock.nowUs
        }
    }

    private note(answer: Noted): void {
        this.answers++
        const line = toJson(answer)
        if (line === this.last) this.times++
        else {
            this.flush()
            this.last = line
            this.times = 1
        }
    }

    private came(coming: Coming): void {
        this.flush()
        this.comings++
        this.entries.push(toJson(coming))
    }

    private flush(): void {
        if (this.times > 1) this.entries.push(`${this.last.slice(0, -1)},"times":${this.times}}`)
        else if (this.times === 1) this.entries.push(this.last)
        this.last = ""
        this.times = 0
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
