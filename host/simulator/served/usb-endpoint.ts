import { bridgeCommandOf, bridgeFrame, BRIDGE_COMMAND } from "../../wire/bridge"
import { FrameDecoder, QBYTE } from "../../wire/framing"
import { MAX_FRAME_BYTES } from "../../wire/jacdac-frame"
import { LogRing } from "./log-ring"

/** A USB packet: the firmware hands out its bytes in pieces of this at most. */
export const USB_PACKET_BYTES = 64
/** Frames waiting for the host (`JD_USB_QUEUE_SIZE` of the firmware), in bytes. */
const QUEUE_BYTES = 1024
/** What the firmware answers to a bridge command it does not know. */
const UNKNOWN_COMMAND = 0xff

/**
 * The board's end of the wire, as the firmware's USB bridge behaves: silent until the host's first
 * command; frames before log text, so that a frame may split a line; the log out of a ring; frames
 * that nobody took dropped behind a gap. It goes on where it stopped when another host comes.
 */
export class UsbEndpoint {
    private readonly log = new LogRing()
    private readonly encoder = new TextEncoder()
    private readonly queue: Uint8Array[] = []
    private queuedBytes = 0
    /** Bytes of the first frame in the queue that left already; -1 before its start marker. */
    private sent = -1
    private gap: "none" | "due" | "told" = "none"
    private awake = false
    private forwards = false
    private readonly decoder = new FrameDecoder({
        frame: frame => this.received(frame),
        text: () => undefined,
    })

    /** @param onFrame gets each frame for the bus */
    constructor(private readonly onFrame: (frame: Uint8Array) => void) {}

    /** Bytes from the host. */
    receive(bytes: Uint8Array): void {
        this.decoder.push(bytes)
    }

    /** A frame of the board's. Frames too large for the wire never get on it. */
    forward(frame: Uint8Array): void {
        if (this.forwards && frame.length <= MAX_FRAME_BYTES) this.enqueue(frame)
    }

    /** A line of the board's log, without its line end. */
    print(line: string): void {
        this.log.write(this.encoder.encode(`${line}\n`))
    }

    /** The next bytes for the host, at most a USB packet's; none when there is nothing to tell. */
    pull(): Uint8Array {
        const packet = new Uint8Array(USB_PACKET_BYTES)
        let size = 0
        const space = () => USB_PACKET_BYTES - size
        if (!this.awake) return packet.subarray(0, 0)
        if (this.gap === "due" && this.sent < 0) {
            this.gap = "told"
            packet[size++] = QBYTE.marker
            packet[size++] = QBYTE.frameGap
        }
        for (let frame = this.queue[0]; frame; frame = this.queue[0]) {
            if (this.sent < 0) {
                if (space() < 4) break
                packet[size++] = QBYTE.marker
                packet[size++] = QBYTE.frameStart
                this.sent = 0
            }
            for (; this.sent < frame.length && space() >= 2; this.sent++) {
                const byte = frame[this.sent]!
                packet[size++] = byte
                if (byte === QBYTE.marker) packet[size++] = QBYTE.literal
            }
            if (this.sent < frame.length || space() < 2) break
            packet[size++] = QBYTE.marker
            packet[size++] = QBYTE.frameEnd
            this.queue.shift()
            this.queuedBytes -= frame.length
            this.sent = -1
        }
        if (this.queue.length === 0)
            while (space() >= 2 && !this.log.isEmpty) {
                const byte = this.log.take()
                packet[size++] = byte
                if (byte === QBYTE.marker) packet[size++] = QBYTE.literal
            }
        return packet.subarray(0, size)
    }

    private received(frame: Uint8Array): void {
        const command = bridgeCommandOf(frame)
        if (command === undefined) {
            this.onFrame(frame)
            return
        }
        this.awake = true
        const { enablePackets, disablePackets, enableLog, disableLog } = BRIDGE_COMMAND
        if (command === enablePackets || command === disablePackets) {
            this.forwards = command === enablePackets
            this.print(`usb: packets ${this.forwards ? 1 : 0}`)
        }
        const known = [enablePackets, disablePackets, enableLog, disableLog] as number[]
        this.enqueue(bridgeFrame(known.includes(command) ? command : UNKNOWN_COMMAND))
    }

    private enqueue(frame: Uint8Array): void {
        if (this.queuedBytes + frame.length > QUEUE_BYTES) {
            if (this.gap === "none") this.gap = "due"
            return
        }
        if (this.gap === "told") this.gap = "none"
        this.queue.push(frame)
        this.queuedBytes += frame.length
    }
}
