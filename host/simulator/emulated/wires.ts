import type { RP2040 } from "rp2040js"
import type { Clock } from "../clock"
import type { Door } from "../door"
import { wireI2c, type WiredBus } from "./i2c-wires"
import { wirePins } from "./pin-wires"
import { wireSpi } from "./spi-wires"

/** What is wired to a chip's pins. */
export interface Wires extends Pick<Door, "pins" | "spi"> {
    i2c: WiredBus
    /** The time of what is there. */
    clock: Clock
    /** The board was reset: its pins float. */
    reset(): void
}

/**
 * Wires a chip that has just been made. Its inputs follow their pulls; with wires, also what is there.
 * @param nowMs board time, which what is there has from then on
 */
export function wireChip(chip: RP2040, wires: Wires | undefined, nowMs: () => number): void {
    if (!wires) return wirePins(chip)
    const { pins, i2c, spi, clock } = wires
    const at = <T extends object>(part: T) => inTime(part, () => clock.advanceTo(nowMs() * 1000))
    const flush = wireSpi(chip, at(spi))
    wireI2c(chip, at(i2c))
    wirePins(chip, at(pins), flush)
}

/** The same, told the time before each call. */
function inTime<T extends object>(part: T, setTime: () => void): T {
    return new Proxy(part, {
        get(target, name) {
            setTime()
            const value: unknown = Reflect.get(target, name)
            return typeof value === "function" ? value.bind(target) : value
        },
    })
}
