import { SENSOR_SLOTS, SensorService } from "./sensor"
import { GET, encode, type ServicePacket } from "./service"

const EVENT = { on: 0x01, off: 0x02 }
const VARIANT = 0x107
const IS_ON = SENSOR_SLOTS

/** `switch.c`: on while its pin is high. The firmware leaves the pin as a reset does. */
export class SwitchService extends SensorService {
    private readonly pin = this.board.config.pin("pin")

    override start(): void {
        this.board.pins.wired("switch", [this.pin])
        this.release(this.pin, "input", "down")
    }

    override process(): void {
        const isOn = this.board.pins.level(this.pin)
        if (isOn !== this.get(IS_ON)) {
            this.set(IS_ON, isOn)
            this.board.event(isOn ? EVENT.on : EVENT.off)
        }
        super.process()
    }

    override handle(packet: ServicePacket): void {
        if (packet.command === (GET | VARIANT)) this.board.send(packet.command, encode("u8", 0))
        else super.handle(packet)
    }

    protected override reading(): Uint8Array {
        return encode("u8", this.get(IS_ON))
    }
}
