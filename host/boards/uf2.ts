import { UserError } from "../base/errors"

/** Bytes of a block of the format, whatever it holds. */
export const UF2_BLOCK_BYTES = 512
/** Bytes that the boot ROM of an RP2040 takes from a block. */
export const UF2_PAYLOAD_BYTES = 256
const MAX_PAYLOAD_BYTES = 476
const MAGIC = { start: 0x0a324655, second: 0x9e5d5157, end: 0x0ab16f30 } as const
const FLAG = { notMainFlash: 0x1, fileContainer: 0x1000, hasFamily: 0x2000 } as const

/** Families that a maker may have at hand, by the names of the format's own list (`uf2families.json`). */
const FAMILIES: Readonly<Record<number, string>> = {
    0xe48bff56: "RP2040",
    0xe48bff57: "any RP2 chip, absolute",
    0xe48bff59: "RP2350 (Arm)",
    0xe48bff5a: "RP2350 (RISC-V)",
    0x1c5f21b0: "ESP32",
    0xbfdd4eee: "ESP32-S2",
    0xd42ba06c: "ESP32-C3",
    0xc47e5767: "ESP32-S3",
    0x68ed2b88: "SAMD21",
    0x55114460: "SAMD51",
    0xada52840: "nRF52840",
}

/** Bytes for an address. */
export interface Uf2Block {
    address: number
    data: Uint8Array
}

/** What a file holds for a chip. */
export interface Uf2 {
    /** In ascending order of their addresses; none meets another. */
    blocks: readonly Uf2Block[]
}

/** Which chip the file is to be for, and where its flash is. */
export interface Uf2Target {
    /** The file's name, for messages. */
    name: string
    /** `target` of the chip's image. */
    familyId: number
    /** Address of the flash's first byte. */
    origin: number
    flashBytes: number
}

/**
 * Reads a UF2 file (microsoft/uf2, README) as the boot ROM of an RP2040 takes it: blocks of other families
 * are passed over, those of its own must all be there and lie in the flash. A block that comes twice
 * with the same bytes does no harm.
 * @throws UserError (E_FIRMWARE_FILE) when the file is damaged, or for another chip
 */
export function readUf2(bytes: Uint8Array, { name, familyId, origin, flashBytes }: Uf2Target): Uf2 {
    const refuse = (what: string): never => {
        throw new UserError(
            "E_FIRMWARE_FILE",
            `${name} ${what}. Nothing was written: get the file again, for this board.`,
        )
    }
    if (bytes.length === 0) refuse("is empty")
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    if (bytes.length < UF2_BLOCK_BYTES || view.getUint32(0, true) !== MAGIC.start)
        refuse("is no UF2 file")
    if (bytes.length % UF2_BLOCK_BYTES !== 0)
        refuse(`is cut off: ${bytes.length} bytes are no whole blocks of ${UF2_BLOCK_BYTES}`)
    const found = new Map<number, Uf2Block>()
    const others = new Set<number>()
    let told: number | undefined
    for (let at = 0; at < bytes.length; at += UF2_BLOCK_BYTES) {
        const word = (offset: number) => view.getUint32(at + offset, true)
        const here = `block ${at / UF2_BLOCK_BYTES}`
        if (word(0) !== MAGIC.start || word(4) !== MAGIC.second || word(508) !== MAGIC.end)
            refuse(`is damaged: ${here} is no block of the format`)
        const flags = word(8)
        if (flags & (FLAG.notMainFlash | FLAG.fileContainer)) continue
        const family = word(28)
        if (!(flags & FLAG.hasFamily)) refuse("does not say which chip it is for")
        if (family !== familyId) {
            others.add(family)
            continue
        }
        const [address, size, number, count] = [word(12), word(16), word(20), word(24)]
        told ??= count
        if (count !== told || number >= count)
            refuse(`is damaged: ${here} is number ${number} of ${count}`)
        if (size === 0 || size > MAX_PAYLOAD_BYTES)
            refuse(`is damaged: ${here} holds ${size} bytes`)
        if (address < origin || address + size > origin + flashBytes)
            refuse(
                `is too big, or for another board: ${here} is for 0x${address.toString(16)}, and the flash has ${flashBytes} bytes from 0x${origin.toString(16)} on`,
            )
        const data = bytes.subarray(at + 32, at + 32 + size)
        const before = found.get(number)
        if (before && !(before.address === address && isEqual(before.data, data)))
            refuse(`is damaged: block ${number} of ${count} is there twice, and not the same`)
        found.set(number, { address, data })
    }
    if (told === undefined)
        refuse(
            others.size > 0
                ? `is for another chip: ${[...others].map(familyName).join(", ")}, not ${familyName(familyId)}`
                : "holds nothing for the flash",
        )
    if (found.size !== told) refuse(`is cut off: ${found.size} of ${told} blocks are there`)
    const blocks = [...found.values()].toSorted((a, b) => a.address - b.address)
    blocks.forEach(({ address }, i) => {
        const before = blocks[i - 1]
        if (before && before.address + before.data.length > address)
            refuse(`is damaged: two blocks are for 0x${address.toString(16)}`)
    })
    return { blocks }
}

/** What the flash holds once the file was written to an erased one. */
export function flashOf(
    { blocks }: Uf2,
    { origin, flashBytes }: Uf2Target,
): Uint8Array<ArrayBuffer> {
    const flash = new Uint8Array(flashBytes).fill(0xff)
    for (const { address, data } of blocks) flash.set(data, address - origin)
    return flash
}

/** A UF2 file, in blocks of 256 bytes as the official tools write them; what is left of one is 0xff. */
export function writeUf2(blocks: readonly Uf2Block[], familyId: number): Uint8Array<ArrayBuffer> {
    const pages = blocks.flatMap(({ address, data }) =>
        Array.from({ length: Math.ceil(data.length / UF2_PAYLOAD_BYTES) }, (_, i) => ({
            address: address + i * UF2_PAYLOAD_BYTES,
            data: data.subarray(i * UF2_PAYLOAD_BYTES, (i + 1) * UF2_PAYLOAD_BYTES),
        })),
    )
    const file = new Uint8Array(pages.length * UF2_BLOCK_BYTES)
    const view = new DataView(file.buffer)
    pages.forEach(({ address, data }, i) => {
        const at = i * UF2_BLOCK_BYTES
        const words = [
            ...[MAGIC.start, MAGIC.second, FLAG.hasFamily, address],
            ...[UF2_PAYLOAD_BYTES, i, pages.length, familyId],
        ]
        words.forEach((word, w) => view.setUint32(at + 4 * w, word, true))
        file.fill(0xff, at + 32, at + 32 + UF2_PAYLOAD_BYTES)
        file.set(data, at + 32)
        view.setUint32(at + 508, MAGIC.end, true)
    })
    return file
}

function familyName(id: number): string {
    return FAMILIES[id] ?? `family 0x${id.toString(16).padStart(8, "0")}`
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
    return a.length === b.length && a.every((byte, i) => byte === b[i])
}
