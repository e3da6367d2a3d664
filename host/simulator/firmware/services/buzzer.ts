import { BoardService, NO_PIN, isLater, type Register, type ServicePacket } from "./service"

const PLAY_TONE = 0x80
const SLOT = { volume: 0, period: 1, endsAt: 2, isOn: 3 } as const
const REGISTERS: readonly Register[] = [{ code: 0x01, type: "u8", slot: SLOT.volume }]

/** `buzzer.c`: a tone is pulses of its period, in microseconds, louder the longer they are. */
export class BuzzerService extends BoardService {
    private readonly pin = this.board.config.pin("pin")
    private readonly idle = this.board.config.flag("activeLow") ? 1 : 0

    override start(): void {
        this.set(SLOT.volume, 255)
        this.board.pins.wired("buzzer", [this.pin])
        this.drive(this.pin, this.idle)
    }

    override process(): void {
        const isPlaying = this.get(SLOT.period) !== 0
        if (isPlaying && !isLater(this.board.now(), this.get(SLOT.endsAt))) return
        this.set(SLOT.period, 0)
        if (!this.get(SLOT.isOn)) return
        this.drive(this.pin, this.idle)
        this.set(SLOT.isOn, 0)
    }

    override handle(packet: ServicePacket): void {
        const { board } = this
        const { command, data } = packet
        if (command !== PLAY_TONE) {
            if (this.useRegister(packet, REGISTERS) === 0) board.refuse(packet)
            return
        }
        if (data.length >= 6) {
            const word = (at: number) => data[at]! | (data[at + 1]! << 8)
            const [period, duty, ms] = [word(0), word(2), word(4)]
            this.set(SLOT.endsAt, (board.now() + ms * 1000) | 0)
            this.set(SLOT.period, period)
            this.set(SLOT.isOn, 1)
            const lowUs = (duty * this.get(SLOT.volume)) >> 8
            if (this.pin !== NO_PIN && period > 0)
                board.pins.pulse(this.pin, period, period - lowUs)
        }
        this.process()
    }
}
