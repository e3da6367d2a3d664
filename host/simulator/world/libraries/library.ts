import type * as jacdac from "./jacdac"
import type { Packet } from "mqtt-packet"
import type { WorldGlobals } from "./world-globals"

/** jacdac-ts, as far as the world uses it. */
export type Jacdac = typeof jacdac

/** mqtt-packet, as far as the world uses it. */
export interface MqttPackets {
    /** Reads packets out of bytes that come in any pieces. */
    parser(): {
        on(event: "packet", take: (packet: Packet) => void): unknown
        on(event: "error", take: (error: Error) => void): unknown
        parse(bytes: Uint8Array): unknown
    }
    /** The bytes of a packet, whose payload may be any bytes. */
    generate(packet: Packet, options: { protocolVersion: number }): Uint8Array
}

/**
 * The libraries that the world's devices and servers are made with, bundled at install. Each call
 * evaluates a library anew, with globals of the world that asks: nothing is shared between worlds.
 */
export interface WorldLibraries {
    jacdac(globals: WorldGlobals): Jacdac
    mqtt(): MqttPackets
}
