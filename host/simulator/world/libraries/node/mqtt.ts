import { Buffer } from "buffer"
import { generate as generatePacket, type Packet } from "mqtt-packet"

/** What the broker uses of mqtt-packet. Bundled by `prepare.mjs` with what it needs of Node's modules. */
export { parser } from "mqtt-packet"

/** The bytes of a packet, whose payload may be any bytes. */
export function generate(packet: Packet, options: { protocolVersion: number }): Uint8Array {
    if (packet.cmd !== "publish" || typeof packet.payload === "string")
        return generatePacket(packet, options)
    return generatePacket({ ...packet, payload: Buffer.from(packet.payload) }, options)
}
