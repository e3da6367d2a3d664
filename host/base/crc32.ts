const POLYNOMIAL = 0xedb88320

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
    return crc
})

/** CRC-32 as in zip and PNG (ISO 3309), an unsigned 32-bit number. Node has its own from 20.15 on only. */
export function crc32(bytes: Uint8Array): number {
    let crc = 0xffffffff
    for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[i]!) & 0xff]!
    return ~crc >>> 0
}

/** The same in eight hexadecimal digits; of a text, that of its UTF-8. */
export function crc32Hex(of: Uint8Array | string): string {
    const bytes = typeof of === "string" ? new TextEncoder().encode(of) : of
    return crc32(bytes).toString(16).padStart(8, "0")
}
