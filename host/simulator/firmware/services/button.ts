import { SENSOR_SLOTS, SensorService } from "./sensor"
import { encode } from "./service"

const EVENT = { down: 0x01, up: 0x02, hold: 0x81 }
const SLOT = {
    isPressed: SENSOR_SLOTS,
    holdUs: SENSOR_SLOTS + 1,
    pressedAt: SENSOR_SLOTS + 2,
    nextLook: SENSOR_SLOTS + 3,
} as const
const LOOK_US = 9_000
const HOLD_US = 500_000

/** `button.c`: a push button between a pin and ground, or the supply where it is `activeHigh`. */
export class ButtonService extends SensorService {
    private readonly pin = this.board.config.pin("pin")
    private readonly active = this.board.config.flag("activeHigh") ? 1 : 0
    private readonly backlight = this.board.config.pin("pinBacklight")

    override start(): void {
        this.board.pins.wired("button", [this.pin])
        this.drive(this.backlight, 0)
        this.release(this.pin, "input", this.active === 0 ? "up" : "down")
        this.look()
    }

    override process(): void {
        if (this.isTime(SLOT.nextLook, LOOK_US)) this.look()
        super.process()
    }

    protected override reading(): Uint8Array {
        return encode("u16", this.get(SLOT.isPressed) ? 0xffff : 0)
    }

    private look(): void {
        const { board } = this
        const isPressed = board.pins.level(this.pin) === this.active ? 1 : 0
        const forUs = (board.now() - this.get(SLOT.pressedAt)) >>> 0
        if (isPressed !== this.get(SLOT.isPressed)) {
            this.set(SLOT.isPressed, isPressed)
            this.drive(this.backlight, isPressed)
            if (isPressed) {
                board.event(EVENT.down)
                this.set(SLOT.pressedAt, board.now())
                this.set(SLOT.holdUs, HOLD_US)
            } else board.event(EVENT.up, encode("u32", Math.floor(forUs / 1000)))
        } else if (isPressed && forUs >= this.get(SLOT.holdUs)) {
            this.set(SLOT.holdUs, this.get(SLOT.holdUs) + HOLD_US)
            board.event(EVENT.hold, encode("u32", Math.floor(forUs / 1000)))
        }
    }
}
