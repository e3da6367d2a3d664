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
export const CRC_START = 0xffff

/** What becomes `CRC_START` after two zero bytes, which so stand for the frame's own CRC. */
export const FRAME_CRC_START = 0xcf84

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
export function crc16OfByte(crc: number, byte: number, tables = TABLES): number {
    return (crc >>> 8) ^ tables[(crc ^ byte) & 0xff]!
}

/** The CRC after four more bytes, read as a little-endian number: no lookup waits for another. */
export function crc16OfWord(crc: number, word: number): number {
    const mixed = crc ^ word
    return (
        TABLES[768 + (mixed & 0xff)]! ^
        TABLES[512 + ((mixed >>> 8) & 0xff)]! ^
        TABLES[256 + ((mixed >>> 16) & 0xff)]! ^
        TABLES[mixed >>> 24]!
    )
}

/** The CRC after eight more bytes. */
export function crc16OfWords(crc: number, first: number, second: number): number {
    const mixed = crc ^ first
    return (
        TABLES[1792 + (mixed & 0xff)]! ^
        TABLES[1536 + ((mixed >>> 8) & 0xff)]! ^
        TABLES[1280 + ((mixed >>> 16) & 0xff)]! ^
        TABLES[1024 + (mixed >>> 24)]! ^
        TABLES[768 + (second & 0xff)]! ^
        TABLES[512 + ((second >>> 8) & 0xff)]! ^
        TABLES[256 + ((second >>> 16) & 0xff)]! ^
        TABLES[second >>> 24]!
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

/** Four tables of 256: what a byte does to the CRC when 0, 1, 2 or 3 more bytes follow it. */
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
