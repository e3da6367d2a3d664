import { RegisterDevice } from "../i2c-device"
import { acceleration, type Surroundings } from "../../surroundings"

const SAMPLES = 0x02
/** Steps to one g in its range of 2 g: 14 bits, in the upper part of 16. */
const STEPS_PER_G = 4096

/** The DA213B accelerometer: it lies flat and sways a little. */
export class Da213b extends RegisterDevice {
    readonly name = "DA213B accelerometer"

    constructor(
        private readonly surroundings: Surroundings,
        private readonly nowMs: () => number,
    ) {
        super()
    }

    protected refresh(): void {
        const now = this.nowMs()
        ;[0, 1, 2].forEach(axis => {
            const value = Math.round(acceleration(this.surroundings, now, axis) * STEPS_PER_G) << 2
            this.registers[SAMPLES + 2 * axis] = value & 0xff
            this.registers[SAMPLES + 2 * axis + 1] = (value >> 8) & 0xff
        })
    }
}
