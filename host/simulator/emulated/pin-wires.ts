import type { GPIOPin, RP2040 } from "rp2040js"
import type { Pins, Pull } from "../door"

/** Functions of a pin: the program's own input or output. */
const SIO_FUNCTION = 5
/** The first pin with an analog input, and how many can be wired: the one after them measures the supply. */
const ANALOG = { firstPin: 26, count: 3 } as const
/** The world tells 16 bits, the chip's converter 12. */
const CONVERTER_SHIFT = 4
/** What the emulator's listener tells of a pin that the chip drives. */
const [LOW, HIGH] = [0, 1]

/**
 * Has a chip's inputs follow their pulls, and what is at its pins.
 * @param flush called before a pin that the chip drives changes
 */
export function wirePins(chip: RP2040, pins?: Pins, flush?: () => void): void {
    const uses = new Map<number, string>()
    const released = ({ index }: GPIOPin, use: "input" | "analog", pull: Pull) => {
        const now = `${use} ${pull}`
        if (uses.get(index) !== now) pins?.release(index, use, pull)
        uses.set(index, now)
    }
    const level = (gpio: GPIOPin): boolean => {
        if (gpio.outputEnable) return gpio.outputValue
        const pull = pullOf(gpio)
        if (!pins || gpio.functionSelect !== SIO_FUNCTION) return pull === "up"
        released(gpio, "input", pull)
        return pins.level(gpio.index) === HIGH
    }
    for (const gpio of chip.gpio) {
        Object.defineProperty(gpio, "rawInputValue", {
            ...{ get: () => level(gpio), set: () => undefined, configurable: true },
        })
        gpio.addListener(state => {
            if (!pins || gpio.functionSelect !== SIO_FUNCTION) return
            if (state !== LOW && state !== HIGH) return
            flush?.()
            uses.set(gpio.index, "output")
            pins.drive(gpio.index, state)
        })
    }
    if (!pins) return
    const { adc } = chip
    const convert = adc.onADCRead
    adc.onADCRead = channel => {
        if (channel < ANALOG.count) {
            const gpio = chip.gpio[ANALOG.firstPin + channel]!
            released(gpio, "analog", "none")
            adc.channelValues[channel] = pins.analog(gpio.index) >> CONVERTER_SHIFT
        }
        convert(channel)
    }
}

function pullOf({ pullupEnabled, pulldownEnabled }: GPIOPin): Pull {
    if (pullupEnabled) return "up"
    return pulldownEnabled ? "down" : "none"
}
