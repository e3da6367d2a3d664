import { SENSOR_SLOTS, SensorService } from "./sensor"
import { encode } from "./service"

const SLOT = { sample: SENSOR_SLOTS, nextSample: SENSOR_SLOTS + 1 } as const
const SAMPLING_US = 9_000

/** `flex.c`: the voltage between two pins, which are driven for the moment of the measurement. */
export class FlexService extends SensorService {
    private readonly low = this.board.config.pin("pinL")
    private readonly middle = this.board.config.pin("pinM")
    private readonly high = this.board.config.pin("pinH")

    override start(): void {
        this.board.pins.wired("flex sensor", [this.middle])
    }

    override process(): void {
        if (this.initialize()) this.look()
        if (this.isTime(SLOT.nextSample, SAMPLING_US) && this.isInitialized) this.look()
        super.process()
    }

    protected override reading(): Uint8Array {
        return encode("u16", this.get(SLOT.sample))
    }

    private look(): void {
        const { pins } = this.board
        this.drive(this.high, 1)
        this.drive(this.low, 0)
        this.release(this.middle, "analog")
        this.set(SLOT.sample, pins.analog(this.middle))
        // It draws no current between two looks.
        this.release(this.high, "analog")
        this.release(this.low, "analog")
    }
}
