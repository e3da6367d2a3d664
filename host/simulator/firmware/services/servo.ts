import { BoardService, NO_PIN, type Register, type ServicePacket } from "./service"

const SLOT = {
    angle: 0,
    offset: 1,
    minAngle: 2,
    maxAngle: 3,
    minPulse: 4,
    maxPulse: 5,
    isEnabled: 6,
} as const
const REGISTERS: readonly Register[] = [
    { code: 0x02, type: "i32", slot: SLOT.angle },
    { code: 0x81, type: "i32", slot: SLOT.offset },
    { code: 0x110, type: "i32", slot: SLOT.minAngle },
    { code: 0x111, type: "i32", slot: SLOT.maxAngle },
    { code: 0x83, type: "u16", slot: SLOT.minPulse },
    { code: 0x85, type: "u16", slot: SLOT.maxPulse },
    { code: 0x01, type: "u8", slot: SLOT.isEnabled },
]
const PERIOD_US = 20_000
const DEFAULT = { minAngle: -90, maxAngle: 90, minPulse: 2500, maxPulse: 600 }
/** Longest pulse, in microseconds. */
const MAX_PULSE = 6000

/** `servo.c`: an arm whose angle is the length of the pulses at its pin. Angles have 16 bits after the point. */
export class ServoService extends BoardService {
    private readonly pin = this.board.config.pin("pin")
    private readonly powerPin = this.board.config.pin("pinPower")

    override start(): void {
        this.setLimits()
        this.board.pins.wired("servo", [this.pin])
    }

    override handle(packet: ServicePacket): void {
        const used = this.useRegister(packet, REGISTERS)
        if (used === 0) this.board.refuse(packet)
        if (used > 0) this.move()
    }

    private setLimits(): void {
        const { config } = this.board
        this.set(SLOT.minAngle, config.number("minAngle", DEFAULT.minAngle) << 16)
        this.set(SLOT.maxAngle, config.number("maxAngle", DEFAULT.maxAngle) << 16)
        this.set(SLOT.minPulse, config.number("minPulse", DEFAULT.minPulse))
        this.set(SLOT.maxPulse, config.number("maxPulse", DEFAULT.maxPulse))
    }

    private move(): void {
        if (this.board.config.flag("fixed")) this.setLimits()
        const limit = (slot: number, low: number, high: number) => {
            this.set(slot, Math.min(Math.max(this.get(slot), low), high))
            return this.get(slot)
        }
        const [from, to] = [this.get(SLOT.minAngle), this.get(SLOT.maxAngle)]
        const shortest = limit(SLOT.minPulse, 0, MAX_PULSE)
        const longest = limit(SLOT.maxPulse, 0, MAX_PULSE)
        const offset = limit(SLOT.offset, from, to)
        const angle = Math.min(Math.max(this.get(SLOT.angle) + offset, from), to)
        this.set(SLOT.angle, angle - offset)
        const part = (((angle - from) >> 8) * (longest - shortest)) / ((to - from) >> 8)
        if (this.pin === NO_PIN) return
        if (this.get(SLOT.isEnabled)) {
            this.drive(this.powerPin, 0)
            this.board.pins.pulse(this.pin, PERIOD_US, shortest + Math.trunc(part))
        } else {
            this.release(this.powerPin, "input")
            this.drive(this.pin, 0)
        }
    }
}
