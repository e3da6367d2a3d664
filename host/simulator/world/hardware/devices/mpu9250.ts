import { RegisterDevice } from "../i2c-device"
import { acceleration, type Surroundings } from "../../surroundings"

const REGISTER = {
    ...{ gyroRange: 0x1b, accelerationRange: 0x1c, interrupts: 0x3a },
    ...{ acceleration: 0x3b, temperature: 0x41, rotation: 0x43, power: 0x6b, identity: 0x75 },
} as const
const IDENTITY = 0x71
const DATA_READY = 0x01
const RESET = 0x80
/** Steps to one g, and to one degree a second, in the smallest range; each next one is twice as wide. */
const STEPS_PER_G = 16_384
const STEPS_PER_DEGREE_PER_SECOND = 131
/** Steps to one degree Celsius, from 21 degrees on. */
const STEPS_PER_DEGREE = 333.87

/** The MPU-9250 (registers and scales of its accelerometer and gyroscope are the MPU-6050's): it lies flat and sways. */
export class Mpu9250 extends RegisterDevice {
    readonly name = "MPU-9250 accelerometer and gyroscope"

    constructor(
        private readonly surroundings: Surroundings,
        private readonly nowMs: () => number,
    ) {
        super()
        this.registers[REGISTER.identity] = IDENTITY
    }

    protected override written(register: number, value: number): void {
        if (register === REGISTER.power && (value & RESET) !== 0) {
            this.registers.fill(0)
            this.registers[REGISTER.identity] = IDENTITY
        }
    }

    protected refresh(): void {
        const now = this.nowMs()
        const perG = STEPS_PER_G >> this.range(REGISTER.accelerationRange)
        const perTurn = STEPS_PER_DEGREE_PER_SECOND / (1 << this.range(REGISTER.gyroRange))
        this.registers[REGISTER.interrupts] = DATA_READY
        ;[0, 1, 2].forEach(axis => {
            const g = acceleration(this.surroundings, now, axis)
            const turn = 20 * this.surroundings.sway(now, 3 + axis)
            this.put(REGISTER.acceleration + 2 * axis, g * perG)
            this.put(REGISTER.rotation + 2 * axis, turn * perTurn)
        })
        const warmer = this.surroundings.temperature(now) - 21
        this.put(REGISTER.temperature, warmer * STEPS_PER_DEGREE)
    }

    /** Which of its four ranges is chosen. */
    private range(register: number): number {
        return (this.registers[register]! >> 3) & 3
    }

    private put(register: number, value: number): void {
        const steps = Math.max(-32_768, Math.min(32_767, Math.round(value)))
        this.registers[register] = (steps >> 8) & 0xff
        this.registers[register + 1] = steps & 0xff
    }
}
