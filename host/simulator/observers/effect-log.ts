import { toHex } from "../../base/hex"
import type { MemoryEvent } from "../../model/events"
import type { Door } from "../door"
import { shownIn } from "../world/shown"
import type { World } from "../world/world"

/** What a program does to the world at one moment. */
export interface Effect {
    atUs: number
    /** `log`, `pin 4`, `I2C write to 3c`: where it can be seen. */
    where: string
    what: string
}

/** More are not kept one by one, but counted and folded into one number. */
const MAX_KEPT = 200_000
const FNV_PRIME = 0x01000193

/**
 * All that a program does to what is around it, in order and with its times: its log, its pins, its buses,
 * its packets, its connections, and what displays show in the end. Two runs in the same world with the
 * same of it behave alike, as far as anybody outside can tell.
 */
export class EffectLog {
    readonly effects: Effect[] = []
    private count = 0
    private folded = 0
    private atUs: () => number = () => 0
    private world: World | undefined

    /** The same world, with somebody at its door who notes what comes out of it. */
    listen(world: World): World {
        this.world = world
        this.atUs = () => world.door.arrivals.clock.nowUs
        return { ...world, door: this.listenAt(world.door) }
    }

    /** To be told of each event: what the program logs is an effect. The VM's own lines are none. */
    readonly onEvent = (event: MemoryEvent): void => {
        if (event.kind === "log" && event.level !== "runtime")
            this.add("log", event.text, Math.round(event.atMs * 1000))
    }

    /** How many there were, and all of them as one number. */
    get total(): { count: number; folded: number } {
        return { count: this.count, folded: this.folded }
    }

    /** What displays and strips of LEDs show now, as text. */
    shown(): string {
        return this.world
            ? shownIn(this.world)
                  .map(
                      ({ name, text, picture }) =>
                          `${name} ${text?.join("|") ?? ""} ${picture ? toHex(picture.rgb) : ""}`,
                  )
                  .join("\n")
            : ""
    }

    private add(where: string, what: string, atUs = this.atUs()): void {
        this.count++
        for (const character of `${atUs} ${where} ${what}`)
            this.folded = Math.imul(this.folded ^ character.codePointAt(0)!, FNV_PRIME) >>> 0
        if (this.effects.length < MAX_KEPT) this.effects.push({ atUs, where, what })
    }

    private listenAt(door: Door): Door {
        const { pins, i2c, spi, strips, jacdac, network, cloud } = door
        return {
            ...door,
            pins: {
                level: pin => pins.level(pin),
                analog: pin => pins.analog(pin),
                temperature: () => pins.temperature(),
                wired: (part, at, atRest) => pins.wired(part, at, atRest),
                drive: (pin, level) => {
                    this.add(`pin ${pin}`, String(level))
                    pins.drive(pin, level)
                },
                release: (pin, use, pull) => {
                    this.add(`pin ${pin}`, `${use} ${pull}`)
                    pins.release(pin, use, pull)
                },
                pulse: (pin, periodUs, pulseUs) => {
                    this.add(`pin ${pin}`, `${pulseUs} of ${periodUs} µs`)
                    pins.pulse(pin, periodUs, pulseUs)
                },
            },
            i2c: {
                hasNoPins: () => i2c.hasNoPins(),
                write: (address, data, thenRead) => {
                    this.add(
                        `I2C write to ${address.toString(16)}`,
                        `${toHex(data)}${thenRead ? " and read" : ""}`,
                    )
                    return i2c.write(address, data, thenRead)
                },
                read: (address, size) => {
                    this.add(`I2C read from ${address.toString(16)}`, `${size} B`)
                    return i2c.read(address, size)
                },
            },
            spi: {
                configure: settings => {
                    this.add("SPI", JSON.stringify(settings))
                    spi.configure(settings)
                },
                transfer: (sent, size, wanted) => {
                    this.add("SPI", sent ? toHex(sent) : `${size} B read`)
                    return spi.transfer(sent, size, wanted)
                },
            },
            strips: {
                send: (pin, data) => {
                    this.add(`LED strip at pin ${pin}`, toHex(data))
                    strips.send(pin, data)
                },
            },
            jacdac: {
                roleOpened: role => {
                    this.add("role", `${role.name} ${role.serviceClass}`)
                    jacdac.roleOpened(role)
                },
                roleChanged: role => jacdac.roleChanged(role),
                sent: frame => {
                    this.add("packet", toHex(frame))
                    jacdac.sent(frame)
                },
            },
            network: {
                available: () => network.available(),
                isOpen: () => network.isOpen(),
                open: (host, port, tls) => {
                    this.add("network", `open ${host}:${port}${tls ? " with TLS" : ""}`)
                    return network.open(host, port, tls)
                },
                write: data => {
                    this.add("network", toHex(data))
                    return network.write(data)
                },
                close: () => {
                    this.add("network", "close")
                    network.close()
                },
            },
            cloud: {
                isConnected: () => cloud.isConnected(),
                upload: (topic, form, data) => {
                    this.add("cloud", `${topic} ${form} ${toHex(data)}`)
                    cloud.upload(topic, form, data)
                },
            },
        }
    }
}
