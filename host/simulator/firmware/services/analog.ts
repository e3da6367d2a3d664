import { SENSOR_SLOTS, SensorService } from "./sensor"
import { NO_PIN, encode, isLater } from "./service"

const SLOT = {
    sample: SENSOR_SLOTS,
    nextSample: SENSOR_SLOTS + 1,
    isPending: SENSOR_SLOTS + 2,
} as const
const DEFAULT = { samplingMs: 9, streamingMs: 100, scale: 1024 }
const MAX_READING = 0xffff

/** `analogsensor.c`: a voltage at a pin, which is switched on for the moment of the measurement. */
export abstract class AnalogService extends SensorService {
    private readonly pin = this.board.config.pin("pin")
    private readonly low = this.board.config.pin("pinLow")
    private readonly high = this.board.config.pin("pinHigh")
    private readonly offset = this.board.config.number("offset", 0)
    // The firmware takes the same setting for both.
    private readonly scale = this.board.config.number("offset", DEFAULT.scale) || DEFAULT.scale
    private readonly samplingMs = this.board.config.number("samplingItv", DEFAULT.samplingMs)
    private readonly delayMs = this.board.config.number("samplingDelay", 0)

    /** What is at the pin. */
    protected abstract readonly part: string

    override start(): void {
        this.setInterval(this.board.config.number("streamingItv", DEFAULT.streamingMs))
        this.board.pins.wired(this.part, [this.pin])
    }

    override process(): void {
        if (this.initialize()) this.look()
        const periodUs = (this.samplingMs || DEFAULT.samplingMs) * 1000
        if (this.isTime(SLOT.nextSample, periodUs) && this.isInitialized) this.look()
        super.process()
    }

    protected override reading(): Uint8Array {
        return encode("u16", this.get(SLOT.sample))
    }

    private look(): void {
        const { pins, now } = this.board
        if (!this.get(SLOT.isPending)) {
            this.drive(this.high, 1)
            this.drive(this.low, 0)
            if (this.delayMs) {
                const at = (now() + this.delayMs * 1000) | 0
                if (isLater(at, now())) this.set(SLOT.nextSample, at)
                this.set(SLOT.isPending, 1)
                return
            }
        }
        this.set(SLOT.isPending, 0)
        if (this.pin !== NO_PIN) pins.release(this.pin, "analog", "none")
        const value = this.offset + ((pins.analog(this.pin) * this.scale) >> 10)
        this.set(SLOT.sample, Math.min(Math.max(value, 0), MAX_READING))
        this.release(this.high, "analog")
        this.release(this.low, "analog")
    }
}

/** The analog service whose part is called so. */
export function analogService(part: string) {
    return class extends AnalogService {
        protected override readonly part = part
    }
}
