import { BoardService, NO_PIN, type Register, type ServicePacket } from "./service"

const SLOT = { speed: 0, isEnabled: 1, isOn: 2, nextStep: 3, duty: 4, target: 6 } as const
const REGISTERS: readonly Register[] = [
    { code: 0x02, type: "i16", slot: SLOT.speed },
    { code: 0x01, type: "u8", slot: SLOT.isEnabled },
]
const PERIOD = 512
/** A step of the pulses' length, in microseconds. */
const STEP_US = 1 / 16
/** The motor speeds up in so many steps, one at a time. */
const RAMP = 32
const RAMP_US = 9_000

/** `motor.c`: two pins, one for each direction, that a bridge of transistors turns into a motor's current. */
export class MotorService extends BoardService {
    private readonly pins = [this.board.config.pin("pin1"), this.board.config.pin("pin2")] as const
    private readonly enable = this.board.config.pin("pinEnable")

    override start(): void {
        this.board.pins.wired(
            "motor",
            this.pins.filter(pin => pin !== NO_PIN),
        )
        this.drive(this.enable, 0)
        for (const pin of this.pins) this.drive(pin, 0)
    }

    override process(): void {
        if (!this.isTime(SLOT.nextStep, RAMP_US)) return
        this.pins.forEach((pin, channel) => {
            const [duty, target] = [this.get(SLOT.duty + channel), this.get(SLOT.target + channel)]
            if (duty === target) return
            const next = Math.min(target, duty + PERIOD / RAMP)
            this.set(SLOT.duty + channel, next)
            if (pin !== NO_PIN) this.board.pins.pulse(pin, PERIOD * STEP_US, next * STEP_US)
        })
    }

    override handle(packet: ServicePacket): void {
        if (this.useRegister(packet, REGISTERS) === 0) return this.board.refuse(packet)
        const isEnabled = this.get(SLOT.isEnabled) ? 1 : 0
        if (isEnabled !== this.get(SLOT.isOn)) {
            this.pins.forEach((pin, channel) => {
                this.drive(pin, 0)
                this.set(SLOT.duty + channel, 0)
                this.set(SLOT.target + channel, 0)
            })
            this.drive(this.enable, isEnabled)
            this.set(SLOT.isOn, isEnabled)
        }
        if (!isEnabled) return
        const speed = this.get(SLOT.speed)
        const target = Math.min(Math.abs(speed) >> 6, PERIOD - 1)
        this.set(SLOT.target, speed < 0 ? 0 : target)
        this.set(SLOT.target + 1, speed < 0 ? target : 0)
    }
}
