import type { Packet } from "mqtt-packet"
import type { ImageService } from "../../../model/program/program-image"
import type { SharedJacdac } from "./shared-jacdac"

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

/** The libraries that the world's devices and servers are made with, bundled at install. */
export interface WorldLibraries {
    /**
     * As worlds share it.
     * @param services that the program knows, which need not be in its catalogue
     */
    jacdac(services: readonly ImageService[]): SharedJacdac
    /** Evaluated anew with each call. */
    mqtt(): MqttPackets
}
