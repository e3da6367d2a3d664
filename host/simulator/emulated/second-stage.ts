import { UserError } from "../../base/errors"

/** The first bytes of the flash are code that the boot ROM runs, and their checksum. */
const STAGE_BYTES = 252
const POLYNOMIAL = 0x04c11db7

/** The checksum of the boot ROM (RP2040 datasheet, section 2.8.1.3.1): CRC-32, most significant bit first, not inverted. */
export function secondStageChecksum(stage: Uint8Array): number {
    let crc = 0xffffffff
    for (const byte of stage) {
        crc ^= byte << 24
        for (let bit = 0; bit < 8; bit++)
            crc = crc & 0x80000000 ? (crc << 1) ^ POLYNOMIAL : crc << 1
    }
    return crc >>> 0
}

/**
 * Makes sure that a chip would start what is in its flash: with a wrong checksum it goes into its boot mode.
 * @param name the file it came from
 * @throws UserError when it would not
 */
export function checkSecondStage(flash: Uint8Array<ArrayBuffer>, name: string): void {
    const told = new DataView(flash.buffer, flash.byteOffset).getUint32(STAGE_BYTES, true)
    if (secondStageChecksum(flash.subarray(0, STAGE_BYTES)) !== told)
        throw new UserError(
            "E_FIRMWARE_FILE",
            `${name} would not start: its first 256 bytes have a wrong checksum, at which the chip goes into its boot mode. Get the file again, for this board.`,
        )
}
