import { SENSOR_SLOTS, SensorService } from "./sensor"
import { GET, encode, type ServicePacket } from "./service"

const CLICKS_PER_TURN = 0x180
const SLOT = {
    sample: SENSOR_SLOTS,
    position: SENSOR_SLOTS + 1,
    levels: SENSOR_SLOTS + 2,
    nextLook: SENSOR_SLOTS + 3,
} as const
const LOOK_US = 900
const DEFAULT_CLICKS = 12
/** Steps by the levels of both pins, those of before in the lower two bits. */
const STEPS = [0, 1, -1, 2, -1, 0, -2, 1, 1, -2, 0, -1, 2, -1, 1, 0]

/** `rotaryencoder.c`: two contacts that open and close one after the other as somebody turns. */
export class RotaryEncoderService extends SensorService {
    private readonly pins = [this.board.config.pin("pin0"), this.board.config.pin("pin1")] as const
    /** Steps of the contacts to a click, as a power of two. */
    private readonly shift = this.board.config.flag("dense") ? 1 : 2
    private readonly sign = this.board.config.flag("inverted") ? -1 : 1

    override start(): void {
        this.board.pins.wired("rotary encoder", this.pins)
    }

    override process(): void {
        if (this.initialize()) {
            for (const pin of this.pins) this.release(pin, "input", "up")
            this.look()
            this.set(SLOT.position, 0)
            this.set(SLOT.sample, 0)
        }
        if (this.isTime(SLOT.nextLook, LOOK_US) && this.isInitialized) this.look()
        super.process()
    }

    override handle(packet: ServicePacket): void {
        const { board } = this
        if (packet.command !== (GET | CLICKS_PER_TURN)) return super.handle(packet)
        board.send(
            packet.command,
            encode("u16", board.config.number("clicksPerTurn", DEFAULT_CLICKS)),
        )
    }

    protected override reading(): Uint8Array {
        return encode("i32", this.get(SLOT.sample))
    }

    private look(): void {
        const { pins } = this.board
        const levels = (pins.level(this.pins[0]) ? 1 : 0) | (pins.level(this.pins[1]) ? 2 : 0)
        const step = STEPS[this.get(SLOT.levels) | (levels << 2)]!
        this.set(SLOT.levels, levels)
        this.set(SLOT.position, this.get(SLOT.position) + step)
        this.set(SLOT.sample, this.sign * (this.get(SLOT.position) >> this.shift))
    }
}
