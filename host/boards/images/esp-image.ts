import { sha256 } from "../../base/sha256"
import { toHex } from "../../base/hex"
import { formatAddress } from "./address"
import { refuse } from "./refuse"

/**
 * What the boot ROM and the bootloader of an ESP32 load: a header, segments with the addresses that they go
 * to, a checksum and a hash (Espressif, esptool documentation, "Firmware Image Format").
 */

/** An image that is whole. */
export interface EspImage {
    /** Bytes of it, checksum and hash included. */
    length: number
    segments: number
    entry: number
    /** `esp_chip_id_t` */
    chipId: number
    /** The flash that its header says there is, in bytes. */
    flashBytes: number
}

const MAGIC = 0xe9
const HEADER_BYTES = 24
const SEGMENT_HEADER_BYTES = 8
const HASH_BYTES = 32
const MAX_SEGMENTS = 16
const CHECKSUM_SEED = 0xef
const MiB = 1 << 20

/** Chips by what an image calls them, for messages. */
const CHIPS: Readonly<Record<number, string>> = {
    0: "ESP32",
    2: "ESP32-S2",
    5: "ESP32-C3",
    9: "ESP32-S3",
    12: "ESP32-C2",
    13: "ESP32-C6",
    16: "ESP32-H2",
    18: "ESP32-P4",
    23: "ESP32-C5",
}

/** A chip by its id in images: `ESP32-C3`. */
export function nameOfChip(chipId: number): string {
    return CHIPS[chipId] ?? `the chip with id ${chipId}`
}

export function isEspImage(bytes: Uint8Array): boolean {
    return bytes[0] === MAGIC
}

/**
 * The image at the beginning of these bytes; what follows it is left aside.
 * @param name of the file, and of the part of it, for messages
 * @param chipId that it has to be for
 * @throws UserError when it is not whole, or for another chip
 */
export async function readEspImage(
    bytes: Uint8Array,
    { name, part, chipId }: { name: string; part: string; chipId: number },
): Promise<EspImage> {
    const broken = (why: string) => refuse(name, `${part} ${why}`)
    const cut = () => broken("is cut off: the file was not copied or downloaded whole")
    if (bytes.length < HEADER_BYTES) throw cut()
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (bytes[0] !== MAGIC)
        throw broken(
            `begins with ${formatAddress(bytes[0]!)}, where images begin with ${formatAddress(MAGIC)}`,
        )
    const segments = bytes[1]!
    if (segments === 0 || segments > MAX_SEGMENTS)
        throw broken(`says that it has ${segments} segments: 1 to ${MAX_SEGMENTS} can be loaded`)
    const isFor = view.getUint16(12, true)
    if (isFor !== chipId)
        throw broken(`is for another chip: ${nameOfChip(isFor)}, not ${nameOfChip(chipId)}`)
    const hashed = bytes[23]!
    if (hashed > 1) throw broken(`has ${hashed} where it says whether a hash follows`)

    let at = HEADER_BYTES
    let checksum = CHECKSUM_SEED
    const loaded: { from: number; to: number }[] = []
    for (let segment = 0; segment < segments; segment++) {
        if (at + SEGMENT_HEADER_BYTES > bytes.length) throw cut()
        const from = view.getUint32(at, true)
        const length = view.getUint32(at + 4, true)
        at += SEGMENT_HEADER_BYTES
        if (length > bytes.length - at) throw cut()
        for (const byte of bytes.subarray(at, at + length)) checksum ^= byte
        at += length
        // At address 0 is what only fills the file.
        if (from === 0 || length === 0) continue
        const to = from + length
        const other = loaded.find(there => from < there.to && there.from < to)
        if (other)
            throw broken(
                `loads two segments over each other, at ${formatAddress(Math.max(from, other.from))}`,
            )
        loaded.push({ from, to })
    }
    // The checksum is the last byte of a line of 16.
    const end = (at + 16) & ~15
    if (end > bytes.length) throw cut()
    if (bytes[end - 1] !== checksum)
        throw broken(
            `is damaged: its checksum is ${formatAddress(bytes[end - 1]!)}, its bytes come to ${formatAddress(checksum)}`,
        )
    const length = end + hashed * HASH_BYTES
    if (length > bytes.length) throw cut()
    if (hashed && (await sha256(bytes.subarray(0, end))) !== toHex(bytes.subarray(end, length)))
        throw broken("is damaged: its SHA-256 is not that of its bytes")
    const flashBytes = MiB << (bytes[3]! >> 4)
    return { length, segments, entry: view.getUint32(4, true), chipId: isFor, flashBytes }
}
