import { FRAME_HEADER_BYTES, MAX_FRAME_PAYLOAD_BYTES, sealFrame } from "./jacdac-frame"

/** What a frame carries for, or from, one service of a device. */
export interface JacdacPacket {
    /** Index of the service on its device, or one of `SERVICE_INDEX`. */
    service: number
    command: number
    data: Uint8Array
}

/** Service indices that are no service's (`JD_SERVICE_INDEX_*`). */
export const SERVICE_INDEX = { control: 0, pipe: 0x3e, ack: 0x3f } as const

/** Code of every sensor's register `reading` (`JD_REG_READING`). */
export const READING = 0x101

/** Bits of an event's command that count events. */
export const EVENT_COUNTER = 0x7f00

/** Size u8, service u8, command u16; the data follows, and the next packet at a multiple of 4. */
export const PACKET_HEADER_BYTES = 4

/** The device a frame is for when its `command` flag is set, and from when it is not. */
export function deviceOf(frame: Uint8Array): bigint {
    return new DataView(frame.buffer, frame.byteOffset).getBigUint64(4, true)
}

/** The packets of a valid frame, in order; what does not fit it is left out. */
export function packetsOf(frame: Uint8Array): JacdacPacket[] {
    const packets: JacdacPacket[] = []
    for (let at = FRAME_HEADER_BYTES; at + PACKET_HEADER_BYTES <= frame.length;) {
        const start = at + PACKET_HEADER_BYTES
        const end = start + frame[at]!
        if (end > frame.length) break
        packets.push({
            service: frame[at + 1]! & 0x3f,
            command: frame[at + 2]! | (frame[at + 3]! << 8),
            data: frame.subarray(start, end),
        })
        at = (end + 3) & ~3
    }
    return packets
}

/**
 * A sealed frame with one packet.
 * @param flags of `FRAME_FLAG`
 * @throws RangeError when the data is too long for a frame
 */
export function packetFrame(
    device: bigint,
    flags: number,
    { service, command, data }: JacdacPacket,
): Uint8Array {
    const size = (PACKET_HEADER_BYTES + data.length + 3) & ~3
    if (size > MAX_FRAME_PAYLOAD_BYTES)
        throw new RangeError(`${data.length} bytes do not fit a frame`)
    const frame = new Uint8Array(FRAME_HEADER_BYTES + size)
    const view = new DataView(frame.buffer)
    frame[2] = size
    frame[3] = flags
    view.setBigUint64(4, device, true)
    frame[FRAME_HEADER_BYTES] = data.length
    frame[FRAME_HEADER_BYTES + 1] = service
    view.setUint16(FRAME_HEADER_BYTES + 2, command, true)
    frame.set(data, FRAME_HEADER_BYTES + PACKET_HEADER_BYTES)
    return sealFrame(frame)
}
