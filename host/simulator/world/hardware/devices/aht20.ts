import type { I2cDevice } from "../i2c-device"
import type { Surroundings } from "../../surroundings"

/** Calibrated, and not busy. */
const STATUS = 0x18
const STEPS = 0x100000

/** The AHT20: a status byte, then humidity and temperature in 20 bits each. */
export class Aht20 implements I2cDevice {
    readonly name = "AHT20 temperature and humidity sensor"

    constructor(
        private readonly surroundings: Surroundings,
        private readonly nowMs: () => number,
    ) {}

    write(): boolean {
        return true
    }

    read(size: number): Uint8Array {
        const now = this.nowMs()
        const humidity = Math.round((this.surroundings.humidity(now) / 100) * STEPS)
        const temperature = Math.round(((this.surroundings.temperature(now) + 50) / 200) * STEPS)
        const bytes = [
            STATUS,
            humidity >> 12,
            humidity >> 4,
            (humidity << 4) | (temperature >> 16),
            temperature >> 8,
            temperature,
        ]
        return Uint8Array.from({ length: size }, (_, index) => (bytes[index] ?? 0) & 0xff)
    }
}
