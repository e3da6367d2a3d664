import type { Jacdac } from "../libraries/library"

type Server = InstanceType<Jacdac["JDServiceServer"]>
type Sensor = InstanceType<Jacdac["SensorServer"]>

/** Names of jacdac-ts' events. */
const REFRESH = "refresh"
const READING_SENT = "readingSent"
const CHANGE = "change"

/**
 * A server that does something by itself when the bus asks it, twenty times a second. A sensor that only
 * streams its reading is asked when the next one is due: before that it would do nothing.
 */
export class Refreshed {
    /** It need not be asked while simulated time, in milliseconds, is not later than this. */
    private restsUntilMs = -1
    private nowMs = 0
    private readonly sensor: Sensor | undefined

    constructor(
        private readonly server: Server,
        jacdac: Pick<Jacdac, "SensorServer">,
    ) {
        const isSensor = server instanceof jacdac.SensorServer
        if (!isSensor || server.listenerCount(REFRESH) !== 1) return
        const sensor: Sensor = server
        this.sensor = sensor
        sensor.streamingSamples.on(CHANGE, () => this.wake())
        sensor.streamingInterval.on(CHANGE, () => this.wake())
        sensor.reading.on(CHANGE, () => {
            if (this.restsUntilMs === Infinity) this.wake()
        })
        sensor.on(READING_SENT, () => {
            // A moment early: it compares for itself.
            this.restsUntilMs = this.nowMs + sensor.streamingInterval.values()[0] - 1
        })
    }

    /** Whether a server listens at all. */
    static listens(server: Server): boolean {
        return server.listenerCount(REFRESH) > 0
    }

    refresh(nowMs: number): void {
        if (nowMs <= this.restsUntilMs) return
        const { server, sensor } = this
        this.nowMs = nowMs
        server.emit(REFRESH)
        // Nobody wants readings, or there are none: that changes with a register.
        if (sensor && (sensor.streamingSamples.values()[0] <= 0 || !sensor.reading.data))
            this.restsUntilMs = Infinity
    }

    private wake(): void {
        this.restsUntilMs = -1
    }
}
