import type { ButtonServer } from "jacdac-ts"
import { FRAME_HEADER_BYTES, sealFrame } from "../../../wire/jacdac-frame"
import { PACKET_HEADER_BYTES, packetFrame } from "../../../wire/jacdac-packet"
import type { Jacdac } from "../libraries/shared-jacdac"

type Server = InstanceType<Jacdac["JDServiceServer"]>
type Sensor = InstanceType<Jacdac["SensorServer"]>

/** Names of jacdac-ts' events. */
const REFRESH = "refresh"
const CHANGE = "change"
const PRE_GET = "registerPreGet"

/** Bits of a command: a register is read or answers, or is written. */
const GET = 0x1000
const SET = 0x2000
/** Code of every sensor's register for how many more readings are wanted. */
const STREAMING_SAMPLES = 0x03
/** What keeps a sensor streaming, as clients write it twice a second. */
export const KEEP_STREAMING = SET | STREAMING_SAMPLES

/**
 * A server that does something by itself when the bus asks it, twenty times a second. A sensor that only
 * streams its reading is asked when the next one is due, and does here what jacdac-ts does in its class
 * `SensorServer`: that, and being told to go on, is nearly all that a device of a simulated world does.
 */
export class Refreshed {
    /** Readings that were sent from here. */
    sent = 0
    /** It need not be asked while simulated time, in milliseconds, is not later than this. */
    private restsUntilMs = -1
    private lastMs = 0
    /** A frame with a reading, whose service and size it is made for. */
    private form: { service: number; bytes: number; frame: Uint8Array } | undefined
    private readonly sensor: Sensor | undefined
    /** One that nobody presses and whose readings nobody wants does nothing until that changes. */
    private readonly button: ButtonServer | undefined

    /**
     * @param device its identifier
     * @param send takes the frames that it sends
     */
    constructor(
        private readonly server: Server,
        jacdac: Pick<Jacdac, "SensorServer">,
        private readonly device: bigint,
        private readonly send: (frame: Uint8Array) => void,
    ) {
        if (!(server instanceof jacdac.SensorServer)) return
        if (server.listenerCount(REFRESH) === 1) this.sensor = server
        else if (server.specification.shortId === "button") this.button = server as ButtonServer
        server.streamingSamples.on(CHANGE, () => this.wake())
        server.streamingInterval.on(CHANGE, () => this.wake())
        server.reading.on(CHANGE, () => {
            if (this.restsUntilMs === Infinity) this.wake()
        })
    }

    /** Whether a server listens at all. */
    static listens(server: Server): boolean {
        return server.listenerCount(REFRESH) > 0
    }

    refresh(nowMs: number): void {
        if (nowMs <= this.restsUntilMs) return
        if (this.sensor) return this.stream(this.sensor, nowMs)
        this.server.emit(REFRESH)
        const { button } = this
        if (button && button.reading.values()[0] === 0 && button.streamingSamples.data[0] === 0)
            this.restsUntilMs = Infinity
    }

    /** A client wants this many readings more. @returns whether it is a sensor that can be told here */
    keepStreaming(samples: number): boolean {
        const register = this.sensor?.streamingSamples
        if (!register) return false
        register.data = Uint8Array.of(samples)
        if (this.restsUntilMs === Infinity) this.wake()
        return true
    }

    private stream(sensor: Sensor, nowMs: number): void {
        const { reading, readingError, streamingSamples, serviceIndex } = sensor
        const samples = streamingSamples.data[0]!
        const dueMs = this.lastMs + sensor.streamingInterval.values()[0]
        // Nobody wants readings, or there are none: that changes with a register.
        if (samples === 0 || !reading.data) this.restsUntilMs = Infinity
        else if (nowMs <= dueMs) this.restsUntilMs = dueMs
        else {
            this.restsUntilMs = nowMs + (dueMs - this.lastMs)
            this.lastMs = nowMs
            streamingSamples.data = Uint8Array.of(samples - 1)
            // It strays by an error of chance.
            if (readingError) return void reading.sendGetAsync()
            reading.emit(PRE_GET)
            this.sent++
            this.send(this.frame(serviceIndex, GET | reading.identifier, reading.data))
        }
    }

    /** One reading's frame is as the last one's but for the reading. */
    private frame(service: number, command: number, data: Uint8Array): Uint8Array {
        if (this.form?.service !== service || this.form.bytes !== data.length)
            this.form = {
                ...{ service, bytes: data.length },
                frame: packetFrame(this.device, 0, { service, command, data }),
            }
        const frame = this.form.frame.slice()
        frame.set(data, FRAME_HEADER_BYTES + PACKET_HEADER_BYTES)
        return sealFrame(frame)
    }

    private wake(): void {
        this.restsUntilMs = -1
    }
}
