import { RegisterDevice } from "../i2c-device"
import type { Surroundings } from "../../surroundings"

/** Data sheet, "Register Map": angles of 12 bits, the upper four first. */
const REGISTER = { status: 0x0b, rawAngle: 0x0c, angle: 0x0e } as const
/** A magnet is there, neither too near nor too far. */
const MAGNET_DETECTED = 0x20
const STEPS = 4096
/** Its shaft is turned by the hand of nobody else: there is no pin of this number. */
const SHAFT = -1

/** The AS5600 magnetic encoder: somebody turns its shaft. */
export class As5600 extends RegisterDevice {
    readonly name = "AS5600 angle sensor"

    constructor(
        private readonly surroundings: Surroundings,
        private readonly nowMs: () => number,
    ) {
        super()
        this.registers[REGISTER.status] = MAGNET_DETECTED
    }

    protected refresh(): void {
        const steps = Math.floor(this.surroundings.knob(this.nowMs(), SHAFT) * STEPS) % STEPS
        for (const register of [REGISTER.rawAngle, REGISTER.angle]) {
            this.registers[register] = steps >> 8
            this.registers[register + 1] = steps & 0xff
        }
    }
}
