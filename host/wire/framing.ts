import { crc16OfFrame, frameCrc, frameSize, isValidFrame } from "./jacdac-frame"

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
    /** A frame, and what may be written behind it. */
    private readonly buffer = new Uint8Array(MAX_BYTES + 8)
    private readonly bufferView = new DataView(this.buffer.buffer)
    /** By length: the start of `buffer`, made once each. */
    private readonly views: Uint8Array[] = []
    private readonly single = new Uint8Array(1)
    private length = 0
    private inFrame = false
    private afterMarker = false

    constructor(private readonly listener: FrameListener) {}

    /** Forgets a frame that has begun: the bytes that follow are of another session. */
    reset(): void {
        this.length = 0
        this.inFrame = this.afterMarker = false
    }

    /** The next bytes of the stream, any number. They may be reused afterwards. */
    push(bytes: Uint8Array): void {
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
        let at = 0
        while (at < bytes.length)
            if (this.afterMarker) this.escape(bytes[at++]!)
            else if (this.inFrame) at = this.keep(bytes, view, at)
            else if (bytes[at] === QBYTE.marker) at = this.mark(bytes, at)
            else at = this.pass(bytes, at)
    }

    /** Adds bytes to the frame, up to its end or what does not belong in it. @returns where to go on */
    private keep(bytes: Uint8Array, view: DataView, start: number): number {
        const { buffer, bufferView } = this
        let { length } = this
        let at = start
        for (;;) {
            const end = Math.min(bytes.length, at + MAX_BYTES - length)
            // Eight bytes a turn. What is behind a marker is written over.
            for (const last = end - 8; at <= last; at += 8, length += 8) {
                const first = view.getInt32(at, true)
                const second = view.getInt32(at + 4, true)
                bufferView.setInt32(length, first, true)
                bufferView.setInt32(length + 4, second, true)
                const inFirst = markersIn(first)
                const inSecond = markersIn(second)
                if ((inFirst | inSecond) === 0) continue
                const before = inFirst === 0 ? 4 + bytesBefore(inSecond) : bytesBefore(inFirst)
                at += before
                length += before
                break
            }
            while (at < end && bytes[at] !== QBYTE.marker) buffer[length++] = bytes[at++]!
            // A marker that is a byte of the frame, and the frame's end with another frame behind it,
            // are what most often comes.
            const next = at < end ? bytes[at + 1] : undefined
            if (next === QBYTE.literal) {
                buffer[length++] = QBYTE.marker
                at += 2
            } else if (next === QBYTE.frameEnd) {
                this.length = length
                this.endFrame()
                at += 2
                if (at + 1 >= bytes.length) return at
                if (bytes[at] !== QBYTE.marker || bytes[at + 1] !== QBYTE.frameStart) return at
                this.inFrame = true
                length = 0
                at += 2
            } else break
        }
        this.length = length
        if (at === bytes.length) return at
        if (bytes[at] === QBYTE.marker) return this.mark(bytes, at)
        this.abandon()
        return at + 1
    }

    /** Takes a marker with what follows it, as far as that is there. @returns where to go on */
    private mark(bytes: Uint8Array, at: number): number {
        if (at + 1 < bytes.length) this.escape(bytes[at + 1]!)
        else this.afterMarker = true
        return at + 2
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
        else this.buffer[this.length++] = byte
    }

    private endFrame(): void {
        const { buffer, length } = this
        this.inFrame = false
        this.length = 0
        const size = frameSize(buffer)
        const isValid =
            length === size
                ? crc16OfFrame(this.bufferView, size) === frameCrc(buffer)
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

/** Which of the four bytes of a little-endian number is a marker: the first that is has its top bit set. */
function markersIn(word: number): number {
    const differences = word ^ 0xfefefefe
    return (differences - 0x01010101) & ~differences & 0x80808080
}

/** Bytes before the first of these markers. */
function bytesBefore(markers: number): number {
    return (31 - Math.clz32(markers & -markers)) >> 3
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
