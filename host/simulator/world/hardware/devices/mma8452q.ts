import { RegisterDevice } from "../i2c-device"
import { acceleration, type Surroundings } from "../../surroundings"

const REGISTER = { status: 0x00, samples: 0x01, identity: 0x0d, range: 0x0e } as const
const IDENTITY = 0x2a
const DATA_READY = 0x0f
/** Steps to one g in its range of 2 g: 12 bits, in the upper part of 16. */
const STEPS_PER_G = 1024

/** The MMA8452Q accelerometer: it lies flat and sways a little. */
export class Mma8452q extends RegisterDevice {
    readonly name = "MMA8452Q accelerometer"

    constructor(
        private readonly surroundings: Surroundings,
        private readonly nowMs: () => number,
    ) {
        super()
        this.registers[REGISTER.identity] = IDENTITY
    }

    protected refresh(): void {
        const now = this.nowMs()
        const perG = STEPS_PER_G >> (this.registers[REGISTER.range]! & 3)
        this.registers[REGISTER.status] = DATA_READY
        ;[0, 1, 2].forEach(axis => {
            const value = Math.round(acceleration(this.surroundings, now, axis) * perG) << 4
            this.registers[REGISTER.samples + 2 * axis] = (value >> 8) & 0xff
            this.registers[REGISTER.samples + 2 * axis + 1] = value & 0xff
        })
    }
}
