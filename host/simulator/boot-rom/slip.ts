/** The framing of the boot ROM's serial protocol (RFC 1055; Espressif, esptool documentation, "Serial Protocol"). */
const END = 0xc0
const ESCAPE = 0xdb
const ESCAPED_END = 0xdc
const ESCAPED_ESCAPE = 0xdd

/** A packet as it goes over the wire, an end marker before and after it. */
export function encodeSlip(packet: Uint8Array): Uint8Array<ArrayBuffer> {
    const bytes = [END]
    for (const byte of packet)
        if (byte === END) bytes.push(ESCAPE, ESCAPED_END)
        else if (byte === ESCAPE) bytes.push(ESCAPE, ESCAPED_ESCAPE)
        else bytes.push(byte)
    bytes.push(END)
    return Uint8Array.from(bytes)
}

/** Takes packets out of what comes over the wire, cut anywhere. What is too long, or wrongly escaped, is dropped. */
export class SlipDecoder {
    private readonly packet: Uint8Array
    /** -1 outside of a packet. */
    private length = -1
    private escaped = false

    /** @param onPacket gets each that is not empty; it may keep it */
    constructor(
        private readonly onPacket: (packet: Uint8Array) => void,
        maxBytes: number,
    ) {
        this.packet = new Uint8Array(maxBytes)
    }

    push(bytes: Uint8Array): void {
        for (const byte of bytes) this.add(byte)
    }

    private add(byte: number): void {
        if (byte === END) {
            if (this.length > 0 && !this.escaped) this.onPacket(this.packet.slice(0, this.length))
            // The end of one packet may be the beginning of the next.
            this.length = 0
            this.escaped = false
        } else if (this.length < 0) return
        else if (this.escaped) {
            this.escaped = false
            if (byte === ESCAPED_END) this.put(END)
            else if (byte === ESCAPED_ESCAPE) this.put(ESCAPE)
            else this.length = -1
        } else if (byte === ESCAPE) this.escaped = true
        else this.put(byte)
    }

    private put(byte: number): void {
        if (this.length === this.packet.length) this.length = -1
        else this.packet[this.length++] = byte
    }
}
