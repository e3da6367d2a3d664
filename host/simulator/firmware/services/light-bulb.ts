import { BoardService, NO_PIN, type Register, type ServicePacket } from "./service"

const SLOT = { brightness: 0, isDimmable: 1 } as const
const REGISTERS: readonly Register[] = [
    { code: 0x01, type: "u16", slot: SLOT.brightness },
    { code: 0x180, type: "u8", slot: SLOT.isDimmable },
]
/** Steps of a dimmer, each a sixteenth of a microsecond. */
const STEPS = 1024
const STEP_US = 1 / 16

/** `lightbulb.c`: a light at a pin, on or off, or dimmed by the length of its pulses. */
export class LightBulbService extends BoardService {
    private readonly pin = this.board.config.pin("pin")
    private readonly isLow = this.board.config.flag("activeLow")

    override start(): void {
        this.set(SLOT.isDimmable, this.board.config.flag("dimmable") ? 1 : 0)
        this.board.pins.wired("light", [this.pin])
        this.light()
    }

    override handle(packet: ServicePacket): void {
        if (this.useRegister(packet, REGISTERS) === 0) this.board.refuse(packet)
        this.light()
    }

    private light(): void {
        const brightness = this.get(SLOT.brightness)
        if (brightness === 0) this.release(this.pin, "input", this.isLow ? "up" : "down")
        else if (!this.get(SLOT.isDimmable)) this.drive(this.pin, this.isLow ? 0 : 1)
        else if (this.pin !== NO_PIN) {
            const steps = brightness >> 6
            const high = this.isLow ? STEPS - 1 - steps : steps
            this.board.pins.pulse(this.pin, STEPS * STEP_US, high * STEP_US)
        }
    }
}
