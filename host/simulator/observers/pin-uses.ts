import type { Door, SpiSettings } from "../door"
import type { World } from "../world/world"

/** What stands for no pin. */
const NO_PIN = 255
/** What a pin is used for, by how the board sets it up, where no part is known to be there. */
const USES = { input: "input", analog: "analog input" } as const
/** Pins of an SPI bus, by what is printed beside them. */
const SPI_LINES: readonly [line: string, of: keyof SpiSettings][] = [
    ["SPI SCK", "sck"],
    ["SPI MOSI", "mosi"],
    ["SPI MISO", "miso"],
]

/** What a program uses the board's pins for, as far as it has come: lines of buses, parts of services, its own. */
export class PinUses {
    private readonly lines = new Map<number, string>()
    private readonly own = new Map<number, string>()

    /** The same world, with somebody at its door who notes what the pins are used for. */
    listen(world: World): World {
        return { ...world, door: this.listenAt(world.door) }
    }

    /** By the chip's own pin numbers, in order. */
    all(): { gpio: number; use: string }[] {
        return [...new Map([...this.own, ...this.lines])]
            .map(([gpio, use]) => ({ gpio, use }))
            .sort((a, b) => a.gpio - b.gpio)
    }

    private listenAt(door: Door): Door {
        const { pins, spi, strips } = door
        return {
            ...door,
            pins: {
                level: pin => pins.level(pin),
                analog: pin => pins.analog(pin),
                temperature: () => pins.temperature(),
                wired: (part, at, atRest) => {
                    for (const pin of at) this.lines.set(pin, part)
                    pins.wired(part, at, atRest)
                },
                drive: (pin, level) => {
                    this.own.set(pin, "output")
                    pins.drive(pin, level)
                },
                release: (pin, use, pull) => {
                    // An output that is let go is still one; one that is switched off was none.
                    if (use !== "off" && !this.own.has(pin)) this.own.set(pin, USES[use])
                    pins.release(pin, use, pull)
                },
                pulse: (pin, periodUs, pulseUs) => {
                    this.own.set(pin, "pulses")
                    pins.pulse(pin, periodUs, pulseUs)
                },
            },
            spi: {
                configure: settings => {
                    for (const [line, of] of SPI_LINES)
                        if (settings[of] !== NO_PIN) this.lines.set(settings[of], line)
                    spi.configure(settings)
                },
                transfer: (sent, size, wanted) => spi.transfer(sent, size, wanted),
            },
            strips: {
                send: (pin, data) => {
                    this.lines.set(pin, "LED strip")
                    strips.send(pin, data)
                },
            },
        }
    }
}
