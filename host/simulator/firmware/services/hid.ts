import { BoardService, type ServicePacket } from "./service"

/** `hidkeyboard.c`, `hidmouse.c`: what the board types and moves goes to the computer on its USB. */
abstract class HidService extends BoardService {
    protected abstract readonly commands: readonly number[]

    override start(): void {}

    override handle(packet: ServicePacket): void {
        if (!this.commands.includes(packet.command)) this.board.refuse(packet)
    }
}

export class HidKeyboardService extends HidService {
    protected override readonly commands = [0x80, 0x81]
}

export class HidMouseService extends HidService {
    protected override readonly commands = [0x80, 0x81, 0x82]
}

const SLOT = { buttons: 0, analogButtons: 1, axes: 2 } as const

/** `hidjoystick.c`: 16 buttons and four axes. */
export class HidJoystickService extends BoardService {
    override start(): void {
        this.set(SLOT.buttons, 16)
        this.set(SLOT.axes, 4)
    }

    override handle(packet: ServicePacket): void {
        if (packet.command === 0x80 || packet.command === 0x81) return
        const used = this.useRegister(packet, [
            { code: 0x180, type: "u8", slot: SLOT.buttons },
            { code: 0x181, type: "u32", slot: SLOT.analogButtons },
            { code: 0x182, type: "u8", slot: SLOT.axes },
        ])
        if (used === 0) this.board.refuse(packet)
    }
}
