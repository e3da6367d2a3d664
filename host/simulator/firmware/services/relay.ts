import { BoardService, type Register, type ServicePacket } from "./service"

const ACTIVE = 0x01
const SLOT = { isActive: 0, maxCurrent: 1, variant: 2 } as const
const REGISTERS: readonly Register[] = [
    { code: ACTIVE, type: "u8", slot: SLOT.isActive },
    { code: 0x107, type: "u8", slot: SLOT.variant, optional: true },
    { code: 0x180, type: "u32", slot: SLOT.maxCurrent, optional: true },
]

/** `relay.c`: a pin that switches, and an LED that shows it. */
export class RelayService extends BoardService {
    private readonly pin = this.board.config.pin("pin")
    private readonly led = this.board.config.pin("pinLed")
    private readonly isLow = this.board.config.flag("activeLow")
    private readonly isLedLow = this.board.config.flag("ledActiveLow")

    override start(): void {
        const { config, pins } = this.board
        this.release(config.pin("pinFeedback"), "input")
        this.set(SLOT.maxCurrent, config.number("maxCurrent", 0))
        this.set(SLOT.isActive, config.flag("initialActive") ? 1 : 0)
        pins.wired("relay", [this.pin])
        this.switch()
    }

    override handle(packet: ServicePacket): void {
        const used = this.useRegister(packet, REGISTERS)
        if (used === ACTIVE) this.switch()
        else if (used === 0) this.board.refuse(packet)
    }

    private switch(): void {
        const isActive = this.get(SLOT.isActive) !== 0
        this.drive(this.pin, Number(isActive !== this.isLow))
        this.drive(this.led, Number(isActive !== this.isLedLow))
    }
}
