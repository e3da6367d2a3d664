/** Of a flash's beginning: what the RP2040's boot ROM loads and runs first, and the checksum after it. */
export const BOOT2_BYTES = 256

const CHECKED_BYTES = 252
const POLYNOMIAL = 0x04c11db7

/**
 * Whether the boot ROM of an RP2040 starts what is in flash: it demands a checksum of the first 252 bytes,
 * and waits as a drive where that is not right (RP2040 datasheet, 2.8.1.3.1: CRC-32, not reflected).
 * @param boot2 the first `BOOT2_BYTES` of flash
 */
export function isBoot2(boot2: Uint8Array): boolean {
    const view = new DataView(boot2.buffer, boot2.byteOffset, boot2.byteLength)
    return view.getUint32(CHECKED_BYTES, true) === boot2Checksum(boot2)
}

/** The checksum that belongs after the first 252 of these bytes. */
export function boot2Checksum(boot2: Uint8Array): number {
    let crc = 0xffffffff
    for (const byte of boot2.subarray(0, CHECKED_BYTES)) {
        crc ^= byte << 24
        for (let bit = 0; bit < 8; bit++)
            crc = crc & 0x80000000 ? (crc << 1) ^ POLYNOMIAL : crc << 1
    }
    return crc >>> 0
}
