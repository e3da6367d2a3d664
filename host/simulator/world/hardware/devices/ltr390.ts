import { RegisterDevice } from "../i2c-device"
import type { Surroundings } from "../../surroundings"

const REGISTER = { gain: 0x05, part: 0x06, status: 0x07, light: 0x0d, ultraviolet: 0x10 } as const
const PART = 0xb2
const DATA_READY = 0x08
const GAINS = [1, 3, 6, 9, 18]

/** The LTR390: light and ultraviolet, 20 bits each. Counts as its driver takes them back to lux and index. */
export class Ltr390 extends RegisterDevice {
    readonly name = "LTR390 light and UV sensor"

    constructor(
        private readonly surroundings: Surroundings,
        private readonly nowMs: () => number,
    ) {
        super()
        this.registers[REGISTER.part] = PART
        this.registers[REGISTER.gain] = 1
    }

    protected refresh(): void {
        const now = this.nowMs()
        const gain = GAINS[this.registers[REGISTER.gain]! & 7] ?? 3
        this.registers[REGISTER.status] = DATA_READY
        this.put(REGISTER.light, (this.surroundings.illuminance(now) * 10 * gain) / 6)
        this.put(REGISTER.ultraviolet, (this.surroundings.uvIndex(now) * gain) / 2)
    }

    private put(register: number, value: number): void {
        const counts = Math.min(0xfffff, Math.round(value))
        for (let i = 0; i < 3; i++) this.registers[register + i] = (counts >> (8 * i)) & 0xff
    }
}
