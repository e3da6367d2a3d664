import { SENSOR_SLOTS, SensorService } from "./sensor"
import { GET, NO_PIN, encode, type ServicePacket } from "./service"

const BUTTONS_CHANGED = 0x03
const REGISTER = { variant: 0x107, buttonsAvailable: 0x180 }
/** Where the button is, by its bit in a reading. */
const BUTTON_PINS = [
    ...["pinLeft", "pinUp", "pinRight", "pinDown", "pinA", "pinB", "pinMenu", "pinSelect"],
    ...["pinReset", "pinExit", "pinX", "pinY"],
]
const BUTTON = { left: 1, up: 2, right: 4, down: 8 }
const SLOT = {
    buttons: SENSOR_SLOTS,
    x: SENSOR_SLOTS + 1,
    y: SENSOR_SLOTS + 2,
    nextLook: SENSOR_SLOTS + 3,
} as const
const LOOK_US = 9_000
const MOST = { low: -0x8000, high: 0x7fff }
/** A stick that is moved so far counts as a button, until it is nearer to the middle than the second. */
const THRESHOLD = { press: 0x3000, keep: 0x2000 }

/** `gamepad.c`: buttons, and a stick where there are pins for one; else its arrows say where it points. */
export class GamepadService extends SensorService {
    private readonly buttons = BUTTON_PINS.map(name => this.board.config.pin(name))
    private readonly stick = [
        this.board.config.pin("pinAX"),
        this.board.config.pin("pinAY"),
    ] as const
    private readonly low = this.board.config.pin("pinLow")
    private readonly high = this.board.config.pin("pinHigh")
    private readonly active = this.board.config.flag("activeHigh") ? 1 : 0

    override start(): void {
        const { pins } = this.board
        pins.wired("button", this.buttons.filter(isThere))
        pins.wired("stick", this.stick.filter(isThere))
    }

    override process(): void {
        if (this.initialize()) {
            for (const pin of this.buttons) this.release(pin, "input", this.active ? "down" : "up")
            this.look()
        }
        if (this.isTime(SLOT.nextLook, LOOK_US) && this.isInitialized) this.look()
        super.process()
    }

    override handle(packet: ServicePacket): void {
        const { board, buttons } = this
        if (packet.command === (GET | REGISTER.buttonsAvailable))
            board.send(packet.command, encode("u32", bits(buttons, isThere)))
        else if (packet.command === (GET | REGISTER.variant))
            board.send(packet.command, encode("u8", 0))
        else super.handle(packet)
    }

    protected override reading(): Uint8Array {
        const place = [SLOT.x, SLOT.y].flatMap(slot => [...encode("i16", this.get(slot))])
        return Uint8Array.of(...encode("u32", this.get(SLOT.buttons)), ...place)
    }

    private look(): void {
        const { board, buttons, active } = this
        const before = this.get(SLOT.buttons)
        let now = bits(buttons, pin => isThere(pin) && board.pins.level(pin) === active)
        if (!isThere(this.stick[0])) {
            this.set(SLOT.x, now & BUTTON.left ? MOST.low : now & BUTTON.right ? MOST.high : 0)
            this.set(SLOT.y, now & BUTTON.up ? MOST.low : now & BUTTON.down ? MOST.high : 0)
        } else {
            this.drive(this.high, 1)
            this.drive(this.low, 0)
            for (const [index, slot] of [SLOT.x, SLOT.y].entries()) {
                this.release(this.stick[index]!, "analog")
                this.set(slot, isThere(this.stick[index]!) ? this.moved(this.stick[index]!) : 0)
            }
            this.release(this.high, "analog")
            this.release(this.low, "analog")
            now |= this.pointsAt(SLOT.x, BUTTON.left, BUTTON.right, before)
            now |= this.pointsAt(SLOT.y, BUTTON.up, BUTTON.down, before)
        }
        if (now === before) return
        this.set(SLOT.buttons, now)
        board.event(BUTTONS_CHANGED, encode("u32", now))
    }

    private moved(pin: number): number {
        return this.board.pins.analog(pin) + MOST.low
    }

    private pointsAt(slot: number, least: number, most: number, before: number): number {
        const value = this.get(slot)
        const far = (button: number) => (before & button ? THRESHOLD.keep : THRESHOLD.press)
        return (value < -far(least) ? least : 0) | (value > far(most) ? most : 0)
    }
}

function isThere(pin: number): boolean {
    return pin !== NO_PIN
}

/** A number with a bit for each of the pins. */
function bits(pins: readonly number[], isSet: (pin: number) => boolean): number {
    return pins.reduce((all, pin, index) => all | (isSet(pin) ? 1 << index : 0), 0)
}
