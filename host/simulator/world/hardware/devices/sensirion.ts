import type { I2cDevice } from "../i2c-device"
import type { Surroundings } from "../../surroundings"

/** Commands of the SHT30 and SHTC3, 16 bits each, and what a read after one gives. */
const COMMAND = { status: 0xf32d, identify: 0xefc8 } as const
/** A SHT30 since its power came: an alert pends, and it was reset (its data sheet's table of the status register). */
const STATUS_AT_POWER_ON = 0x8010
/** A SHTC3 says so in bits 11 and 5 to 0. */
const SHTC3_IDENTITY = 0x0887

/**
 * The SHT30 and SHTC3: temperature and humidity, each word with its checksum. Any other command counts
 * as a measurement: they differ in precision and clock stretching only.
 */
export class SensirionSensor implements I2cDevice {
    private command = 0

    constructor(
        readonly name: string,
        private readonly surroundings: Surroundings,
        private readonly nowMs: () => number,
    ) {}

    write(data: Uint8Array): boolean {
        if (data.length >= 2) this.command = (data[0]! << 8) | data[1]!
        return true
    }

    read(size: number): Uint8Array {
        const words = this.words().flatMap(word => {
            const [high, low] = [word >> 8, word & 0xff]
            return [high, low, checksum(high, low)]
        })
        return Uint8Array.from({ length: size }, (_, index) => words[index] ?? 0xff)
    }

    private words(): number[] {
        if (this.command === COMMAND.status) return [STATUS_AT_POWER_ON]
        if (this.command === COMMAND.identify) return [SHTC3_IDENTITY]
        const now = this.nowMs()
        return [
            Math.round(((this.surroundings.temperature(now) + 45) / 175) * 65_536),
            Math.round((this.surroundings.humidity(now) / 100) * 65_536),
        ]
    }
}

/** CRC-8 with polynomial 0x31 from 0xff on, as Sensirion's data sheets have it. */
function checksum(...bytes: number[]): number {
    let crc = 0xff
    for (const byte of bytes) {
        crc ^= byte
        for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x31) & 0xff : crc << 1
    }
    return crc
}
