import { CRC_START, crc16Of1, crc16Of4, frameSize, isValidFrame } from "./jacdac-frame"

/** Bytes of the USB bridge protocol (`UsbBridgeQByte` of jacdac-ts): what may follow the marker. */
export const QBYTE = {
    marker: 0xfe,
    literal: 0xf8,
    reserved: 0xf9,
    logGap: 0xfa,
    frameGap: 0xfb,
    frameStart: 0xfc,
    frameEnd: 0xfd,
} as const

/** A frame longer than this is no frame: jacdac-ts' own limit, and what bounds our memory. */
const MAX_BYTES = 256

/** What a `FrameDecoder` finds in the bytes of a board. None of these may throw. */
export interface FrameListener {
    /** A frame whose size and CRC are right. Valid during the call alone: copy what you keep. */
    frame(frame: Uint8Array): void
    /** Bytes of the log between frames. Valid during the call alone, too. */
    text(bytes: Uint8Array): void
    /** The board says that it had to skip frames, or log text. */
    gap?(of: "frames" | "log"): void
    /**
     * Bytes that looked like a frame and are none. `tail`: the end of a frame that never began, so that
     * the text before it was the frame's.
     */
    damaged?(what: "frame" | "tail"): void
}

/**
 * Takes the stream of a board apart into frames and log text. Any bytes are fine, cut anywhere: what
 * is no frame is told as damaged and dropped, and the next start marker begins anew. It keeps at most
 * one frame, whatever arrives, allocates nothing for a frame, and never throws.
 */
export class FrameDecoder {
    private readonly buffer = new Uint8Array(MAX_BYTES)
    /** By length: the start of `buffer`, made once each. */
    private readonly views: Uint8Array[] = []
    private readonly single = new Uint8Array(1)
    private length = 0
    private inFrame = false
    private afterMarker = false
    private crc = CRC_START

    constructor(private readonly listener: FrameListener) {}

    /** Forgets a frame that has begun: the bytes that follow are of another session. */
    reset(): void {
        this.length = 0
        this.inFrame = this.afterMarker = false
    }

    /** The next bytes of the stream, any number. They may be reused afterwards. */
    push(bytes: Uint8Array): void {
        let at = 0
        while (at < bytes.length)
            if (this.afterMarker) this.escape(bytes[at++]!)
            else if (bytes[at] === QBYTE.marker) {
                this.afterMarker = true
                at++
            } else at = this.inFrame ? this.keep(bytes, at) : this.pass(bytes, at)
    }

    /** Adds bytes to the frame, up to a marker. @returns where to go on */
    private keep(bytes: Uint8Array, start: number): number {
        const { buffer } = this
        let { length, crc } = this
        const end = Math.min(bytes.length, start + MAX_BYTES - length)
        let at = start
        while (length < 2 && at < end && bytes[at] !== QBYTE.marker) buffer[length++] = bytes[at++]!
        // Four bytes a turn: each is loaded once, for the marker, the frame and its CRC.
        while (length >= 2 && at + 4 <= end) {
            const a = bytes[at]!
            const b = bytes[at + 1]!
            const c = bytes[at + 2]!
            const d = bytes[at + 3]!
            if (
                a === QBYTE.marker ||
                b === QBYTE.marker ||
                c === QBYTE.marker ||
                d === QBYTE.marker
            )
                break
            buffer[length] = a
            buffer[length + 1] = b
            buffer[length + 2] = c
            buffer[length + 3] = d
            crc = crc16Of4(crc, a, b, c, d)
            length += 4
            at += 4
        }
        while (length >= 2 && at < end && bytes[at] !== QBYTE.marker) {
            const byte = bytes[at++]!
            crc = crc16Of1(crc, byte)
            buffer[length++] = byte
        }
        this.length = length
        this.crc = crc
        if (at < bytes.length && bytes[at] !== QBYTE.marker) {
            this.abandon()
            at++
        }
        return at
    }

    /** Passes log text on, up to a marker. @returns where to go on */
    private pass(bytes: Uint8Array, start: number): number {
        const marker = bytes.indexOf(QBYTE.marker, start)
        const end = marker < 0 ? bytes.length : marker
        this.listener.text(bytes.subarray(start, end))
        return end
    }

    /** What the byte after a marker says. */
    private escape(byte: number): void {
        // Two markers: neither a frame nor text has that, and the second may start something.
        this.afterMarker = byte === QBYTE.marker
        switch (byte) {
            case QBYTE.literal:
                this.add(QBYTE.marker)
                break
            case QBYTE.frameStart:
                if (this.length > 0) this.abandon()
                this.inFrame = true
                this.crc = CRC_START
                break
            case QBYTE.frameEnd:
                if (this.inFrame) this.endFrame()
                else this.listener.damaged?.("tail")
                break
            case QBYTE.logGap:
                this.listener.gap?.("log")
                break
            case QBYTE.frameGap:
                this.listener.gap?.("frames")
                break
            case QBYTE.reserved:
                break
            default:
                if (this.inFrame) this.abandon()
                // A marker that is none: the byte after it may end a log line.
                if (!this.afterMarker) this.add(byte)
        }
    }

    private add(byte: number): void {
        if (!this.inFrame) {
            this.single[0] = byte
            this.listener.text(this.single)
        } else if (this.length === MAX_BYTES) this.abandon()
        else {
            if (this.length >= 2) this.crc = crc16Of1(this.crc, byte)
            this.buffer[this.length++] = byte
        }
    }

    private endFrame(): void {
        const { buffer, length } = this
        this.inFrame = false
        this.length = 0
        const size = frameSize(buffer)
        const isValid =
            length === size
                ? this.crc === (buffer[0]! | (buffer[1]! << 8))
                : isValidFrame(buffer, 0, length)
        if (isValid) this.listener.frame((this.views[size] ??= buffer.subarray(0, size)))
        else this.listener.damaged?.("frame")
    }

    private abandon(): void {
        this.inFrame = false
        this.length = 0
        this.listener.damaged?.("frame")
    }
}

/** A frame as it goes over the wire. @throws RangeError when it is no valid frame */
export function encodeFrame(frame: Uint8Array): Uint8Array {
    if (!isValidFrame(frame) || frame.length !== frameSize(frame))
        throw new RangeError("not a Jacdac frame: its size or CRC is wrong")
    let markers = 0
    for (const byte of frame) if (byte === QBYTE.marker) markers++
    const encoded = new Uint8Array(frame.length + markers + 4)
    encoded[0] = QBYTE.marker
    encoded[1] = QBYTE.frameStart
    let at = 2
    for (const byte of frame) {
        encoded[at++] = byte
        if (byte === QBYTE.marker) encoded[at++] = QBYTE.literal
    }
    encoded[at++] = QBYTE.marker
    encoded[at] = QBYTE.frameEnd
    return encoded
}
