import type { JacdacPacket } from "../../wire/jacdac-packet"

/** Parts of a pipe packet's command: counter, flags, then the port (`JD_PIPE_*`). */
const COUNTER_MASK = 0x1f
const CLOSE_FLAG = 0x20
const METADATA_FLAG = 0x40
const PORT_SHIFT = 7

/** More packets than any answer has. */
const MAX_PACKETS = 1024

/** Ports have nine bits; 0 is none. */
export const MAX_PIPE_PORT = 0x1ff

/** The port that a packet of a pipe is for. */
export function pipePortOf(packet: JacdacPacket): number {
    return packet.command >> PORT_SHIFT
}

/**
 * The host's end of a pipe: takes what a device sends, in order and once. The device sends a frame
 * again until it is acknowledged, and everything from the start if the request reached it twice; so a
 * frame that came before says nothing new.
 */
export class InPipe {
    readonly chunks: Uint8Array[] = []
    state: "open" | "closed" | "broken" = "open"
    private counter = 0
    /**
     * The frames taken, whole: counters come round again after 32 packets, and two frames of one answer
     * may well have the same CRC of 16 bits. As they then have it whichever port they are for, asking
     * again would not help.
     */
    private readonly frames = new Set<string>()

    /** @param packets what is in the frame for this pipe @returns whether it said anything new */
    receive(frame: Uint8Array, packets: readonly JacdacPacket[]): boolean {
        const content = String.fromCharCode(...frame)
        if (this.state !== "open" || this.frames.has(content)) return false
        this.frames.add(content)
        for (const { command, data } of packets) {
            if ((command & COUNTER_MASK) !== this.counter || this.chunks.length >= MAX_PACKETS) {
                // Out of step or without end, which no device that waits for acknowledgements is.
                this.state = "broken"
                return true
            }
            this.counter = (this.counter + 1) & COUNTER_MASK
            if (command & CLOSE_FLAG) {
                this.state = "closed"
                return true
            }
            if (!(command & METADATA_FLAG)) this.chunks.push(data)
        }
        return true
    }
}
