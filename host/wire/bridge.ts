import { concatBytes } from "../base/bytes"
import { FRAME_FLAG, FRAME_HEADER_BYTES, sealFrame } from "./jacdac-frame"
import { encodeFrame } from "./framing"

/** Commands to the board's USB bridge itself (`UsbBridgeCmd` of jacdac-ts). */
export const BRIDGE_COMMAND = {
    disablePackets: 0x80,
    enablePackets: 0x81,
    disableLog: 0x82,
    enableLog: 0x83,
} as const

/** Jacdac's `SRV_USB_BRIDGE`. */
const SERVICE_CLASS = 0x18f61a4a
/** Jacdac's mark of an identifier that is a service class, its high 32 bits. */
const BROADCAST_MARK = 0xaaaaaaaa
/** Jacdac's `JD_SERVICE_INDEX_BROADCAST`. */
const SERVICE_INDEX = 0x3d
const PACKET_HEADER_BYTES = 4

/** A frame between the host and the board's USB bridge, either way. */
export function bridgeFrame(command: number): Uint8Array {
    const frame = new Uint8Array(FRAME_HEADER_BYTES + PACKET_HEADER_BYTES)
    const view = new DataView(frame.buffer)
    frame[2] = PACKET_HEADER_BYTES
    frame[3] = FRAME_FLAG.command | FRAME_FLAG.broadcast | FRAME_FLAG.loopback
    view.setUint32(4, SERVICE_CLASS, true)
    view.setUint32(8, BROADCAST_MARK, true)
    frame[FRAME_HEADER_BYTES + 1] = SERVICE_INDEX
    view.setUint16(FRAME_HEADER_BYTES + 2, command, true)
    return sealFrame(frame)
}

/** The command of a frame to or from the bridge; `undefined` when the frame is not the bridge's. */
export function bridgeCommandOf(frame: Uint8Array): number | undefined {
    if ((frame[3]! & FRAME_FLAG.broadcast) === 0 || frame.length < 16) return undefined
    const view = new DataView(frame.buffer, frame.byteOffset)
    return view.getUint32(4, true) === SERVICE_CLASS ? view.getUint16(14, true) : undefined
}

/** What has a board talk: it is silent until the first command, and never hurt by one more. */
export const WAKE_UP = concatBytes(
    [BRIDGE_COMMAND.enablePackets, BRIDGE_COMMAND.enableLog].map(command =>
        encodeFrame(bridgeFrame(command)),
    ),
)
