import { FRAME_FLAG } from "../../wire/jacdac-frame"
import { deviceOf, packetsOf, SERVICE_INDEX } from "../../wire/jacdac-packet"

/** A device says that it is there, and what it offers. */
export interface Announcement {
    device: bigint
    /** Classes of its services by index; in the first place, the control service's, are flags. */
    classes: readonly number[]
}

/** Code of the control service's report with which a device announces itself. */
const ANNOUNCE = 0

/**
 * What a frame announces; undefined when it announces nothing.
 * @param packets what is in it
 */
export function announcedBy(
    frame: Uint8Array,
    packets = packetsOf(frame),
): Announcement | undefined {
    if (frame[3]! & FRAME_FLAG.command) return undefined
    const told = packets.find(
        ({ service, command }) => service === SERVICE_INDEX.control && command === ANNOUNCE,
    )
    if (!told || told.data.length < 4) return undefined
    const { data } = told
    const view = new DataView(data.buffer, data.byteOffset, data.length)
    const classes = Array.from({ length: data.length >> 2 }, (_, i) => view.getUint32(i * 4, true))
    return { device: deviceOf(frame), classes }
}
