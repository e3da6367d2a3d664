import { SENSOR_SLOTS, SensorService } from "./sensor"
import { GET, encode, type Register, type ServicePacket } from "./service"

const EVENT = { movement: 0x01, inactive: 0x02 }
const VARIANT = 0x107
const SLOT = {
    isMoving: SENSOR_SLOTS,
    nextLook: SENSOR_SLOTS + 1,
    maxDistance: SENSOR_SLOTS + 2,
    angle: SENSOR_SLOTS + 3,
} as const
const REGISTERS: readonly Register[] = [
    { code: 0x180, type: "u32", slot: SLOT.maxDistance },
    { code: 0x181, type: "u16", slot: SLOT.angle },
]
const LOOK_US = 128 * 1024
const DEFAULT_ANGLE = 120
const DEFAULT_DISTANCE = 1200

/** `motion.c`: a motion detector, whose output is high, or low where it is `activeLow`. */
export class MotionService extends SensorService {
    private readonly pin = this.board.config.pin("pin")
    private readonly inactive = this.board.config.flag("activeLow") ? 1 : 0

    override start(): void {
        const { config, pins } = this.board
        const distance = config.number("maxDistance", DEFAULT_DISTANCE)
        // From a quarter of a millimetre to metres with 16 bits after the point.
        this.set(SLOT.maxDistance, Math.floor((distance << 12) / 25))
        this.set(SLOT.angle, config.number("angle", DEFAULT_ANGLE))
        pins.wired("motion detector", [this.pin], this.inactive)
        this.release(this.pin, "input")
        this.look()
    }

    override process(): void {
        if (this.isTime(SLOT.nextLook, LOOK_US)) this.look()
        super.process()
    }

    override handle(packet: ServicePacket): void {
        if (packet.command === (GET | VARIANT)) this.board.send(packet.command, encode("u8", 0))
        else if (this.useRegister(packet, REGISTERS) === 0) super.handle(packet)
    }

    protected override reading(): Uint8Array {
        return encode("u8", this.get(SLOT.isMoving))
    }

    private look(): void {
        const isMoving = this.board.pins.level(this.pin) === this.inactive ? 0 : 1
        if (isMoving === this.get(SLOT.isMoving)) return
        this.set(SLOT.isMoving, isMoving)
        this.board.event(isMoving ? EVENT.movement : EVENT.inactive)
    }
}
