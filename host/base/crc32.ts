const POLYNOMIAL = 0xedb88320

/** Of a byte. */
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
    return crc
})
/** Of a byte that one, two or three zeros follow. */
const THEN_1 = TABLE.map(withZero)
const THEN_2 = THEN_1.map(withZero)
const THEN_3 = THEN_2.map(withZero)

function withZero(crc: number): number {
    return (crc >>> 8) ^ TABLE[crc & 0xff]!
}

/**
 * CRC-32 as in zip and PNG (ISO 3309), an unsigned 32-bit number. Node has its own from 20.15 on only.
 * @param start of the bytes it is of, when that is not all
 * @param end after the last of them
 */
export function crc32(bytes: Uint8Array, start = 0, end = bytes.length): number {
    let crc = -1
    let at = start
    // Four at once take less than half the time of one after the other.
    for (; at + 4 <= end; at += 4) {
        crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
        crc =
            THEN_3[crc & 0xff]! ^
            THEN_2[(crc >>> 8) & 0xff]! ^
            THEN_1[(crc >>> 16) & 0xff]! ^
            TABLE[crc >>> 24]!
    }
    for (; at < end; at++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]!) & 0xff]!
    return ~crc >>> 0
}

/** The same in eight hexadecimal digits; of a text, that of its UTF-8. */
export function crc32Hex(of: Uint8Array | string): string {
    const bytes = typeof of === "string" ? new TextEncoder().encode(of) : of
    return crc32(bytes).toString(16).padStart(8, "0")
}
