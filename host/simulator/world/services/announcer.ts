import { packetFrame, SERVICE_INDEX } from "../../../wire/jacdac-packet"

/** Command of the control service's announcement (`JD_CONTROL_CMD_SERVICES`). */
const ANNOUNCE = 0
/** Highest count of announcements since the start that the flags hold. */
const MAX_RESTARTS = 0xf
/** `STATUS_LIGHT_RGB_NO_FADE` and `SUPPORTS_ACK` of the control service. */
const FLAGS = 0x120

/** A device that tells the bus every half second that it is there, and what it offers. */
export class Announcer {
    private restarts = 0
    private packetsBefore = 0

    /**
     * @param classes of its services, without the control service
     * @param packets that it has sent, announcements aside
     */
    constructor(
        private readonly id: bigint,
        private readonly classes: readonly number[],
        private readonly packets: () => number,
    ) {}

    /** It was reset: it counts anew. */
    reset(): void {
        this.restarts = 0
    }

    /** The next announcement, as a frame. */
    frame(): Uint8Array {
        if (this.restarts < MAX_RESTARTS) this.restarts++
        const packets = this.packets()
        const data = new Uint8Array(4 + 4 * this.classes.length)
        const view = new DataView(data.buffer)
        view.setUint16(0, this.restarts | FLAGS, true)
        data[2] = packets - this.packetsBefore + 1
        this.packetsBefore = packets
        this.classes.forEach((serviceClass, i) => view.setUint32(4 + 4 * i, serviceClass, true))
        return packetFrame(this.id, 0, {
            ...{ service: SERVICE_INDEX.control, command: ANNOUNCE, data },
        })
    }
}
