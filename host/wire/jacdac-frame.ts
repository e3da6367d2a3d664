/**
 * A Jacdac frame: a header of 12 bytes, then packets. CRC u16 over all that follows it, size of the
 * packets u8, flags u8, device identifier 8 bytes. All numbers are little-endian.
 */
export const FRAME_HEADER_BYTES = 12

/** Most bytes of packets a frame of the wire holds: jacdac-c's `JD_SERIAL_PAYLOAD_SIZE` and a packet header. */
export const MAX_FRAME_PAYLOAD_BYTES = 240

/** Size of the largest frame on the wire, in bytes. */
export const MAX_FRAME_BYTES = FRAME_HEADER_BYTES + MAX_FRAME_PAYLOAD_BYTES

/** Flags in byte 3 of a frame (`JD_FRAME_FLAG_*`). */
export const FRAME_FLAG = {
    /** For the device named in the frame; without it, from that device. */
    command: 0x01,
    ackRequested: 0x02,
    /** The identifier's low 32 bits are a service class, for whoever offers it. */
    broadcast: 0x04,
    loopback: 0x40,
} as const

/** Number of bytes the frame at `start` says it has, header included; its first 3 bytes must be there. */
export function frameSize(bytes: Uint8Array, start = 0): number {
    return FRAME_HEADER_BYTES + bytes[start + 2]!
}

/** The CRC of no bytes. */
const CRC_START = 0xffff

/**
 * CRC of the bytes from `start` to `end`: CRC-16/CCITT-FALSE, as Jacdac uses it. Its two bytes are
 * swapped here and below, so that its first byte meets the first byte of what follows.
 */
export function crc16(bytes: Uint8Array, start = 0, end = bytes.length): number {
    let crc = CRC_START
    for (let i = start; i < end; i++) crc = crc16OfByte(crc, bytes[i]!)
    return crc
}

/** The CRC after one more byte. */
function crc16OfByte(crc: number, byte: number, tables = TABLES): number {
    return (crc >>> 8) ^ tables[(crc ^ byte) & 0xff]!
}

/**
 * What `crc16` gives for a whole frame at the start of a buffer, its own CRC left out: faster, with a
 * few shifts for four bytes in place of a lookup for each.
 *
 * Bits are a polynomial, of which the CRC is the rest modulo x^16 + x^12 + x^5 + 1. There x^128 is the
 * same as x^96 + x^40 + 1, and x^64 as x^48 + x^20 + 1: the CRC's own equation, squared again and again.
 * So of the frame so far, 128 bits are kept, a to d; what is shifted out of them comes in again lower.
 * @param size of the frame in bytes, 4 at least
 */
export function crc16OfFrame(view: DataView, size: number): number {
    let a = 0
    let b = 0
    let c = 0
    // The CRC's own two bytes count as zeros before the start.
    let d = (view.getInt32(0) & 0xffff) ^ CRC_START
    let at = 4
    // Four words a turn, each in a variable of its own.
    for (; at + 16 <= size; at += 16) {
        const a1 = b ^ a
        const b1 = c ^ (a >>> 24)
        const c1 = d ^ (a << 8)
        const d1 = view.getInt32(at) ^ a
        const a2 = b1 ^ a1
        const b2 = c1 ^ (a1 >>> 24)
        const c2 = d1 ^ (a1 << 8)
        const d2 = view.getInt32(at + 4) ^ a1
        const a3 = b2 ^ a2
        const b3 = c2 ^ (a2 >>> 24)
        const c3 = d2 ^ (a2 << 8)
        const d3 = view.getInt32(at + 8) ^ a2
        a = b3 ^ a3
        b = c3 ^ (a3 >>> 24)
        c = d3 ^ (a3 << 8)
        d = view.getInt32(at + 12) ^ a3
    }
    for (; at + 4 <= size; at += 4) {
        const out = a
        a = b ^ out
        b = c ^ (out >>> 24)
        c = d ^ (out << 8)
        d = view.getInt32(at) ^ out
    }
    a ^= a >>> 16
    b ^= (a << 16) ^ (a >>> 12)
    c ^= a ^ (a << 20)
    b ^= b >>> 16
    c ^= (b << 16) ^ (b >>> 12)
    d ^= b ^ (b << 20)
    let crc = crc16OfWords(c, d)
    for (; at < size; at++) crc = crc16OfByte(crc, view.getUint8(at))
    return crc
}

/** The CRC of eight bytes, from zero on: no lookup waits for another. */
function crc16OfWords(first: number, second: number): number {
    return (
        TABLES[1792 + (first >>> 24)]! ^
        TABLES[1536 + ((first >>> 16) & 0xff)]! ^
        TABLES[1280 + ((first >>> 8) & 0xff)]! ^
        TABLES[1024 + (first & 0xff)]! ^
        TABLES[768 + (second >>> 24)]! ^
        TABLES[512 + ((second >>> 16) & 0xff)]! ^
        TABLES[256 + ((second >>> 8) & 0xff)]! ^
        TABLES[second & 0xff]!
    )
}

/** The CRC that a frame says it has, in the order of `crc16`. */
export function frameCrc(bytes: Uint8Array, start = 0): number {
    return (bytes[start]! << 8) | bytes[start + 1]!
}

/** Whether a whole frame, and no less, starts at `start` and its CRC is right. `end` is where bytes end. */
export function isValidFrame(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
    if (end - start < FRAME_HEADER_BYTES) return false
    const frameEnd = start + frameSize(bytes, start)
    if (frameEnd > end) return false
    return crc16(bytes, start + 2, frameEnd) === frameCrc(bytes, start)
}

/** Writes the CRC into a frame. @returns the frame */
export function sealFrame(frame: Uint8Array): Uint8Array {
    const crc = crc16(frame, 2)
    frame[0] = crc >>> 8
    frame[1] = crc & 0xff
    return frame
}

/** Eight tables of 256: what a byte does to the CRC when 0 to 7 more bytes follow it. */
const TABLES = makeTables()

function makeTables(): Uint16Array {
    const tables = new Uint16Array(8 * 256)
    for (let byte = 0; byte < 256; byte++) {
        let crc = byte << 8
        for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x8000 ? 0x11021 : 0)
        tables[byte] = ((crc & 0xff) << 8) | (crc >>> 8)
    }
    for (let i = 256; i < tables.length; i++) tables[i] = crc16OfByte(tables[i - 256]!, 0, tables)
    return tables
}
