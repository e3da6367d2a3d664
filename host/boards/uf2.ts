import { UserError } from "../base/errors"
import {
    startsAsUf2,
    UF2_BLOCK_BYTES,
    UF2_MAX_PAYLOAD_BYTES,
    UF2_PAGE_BYTES,
    uf2BlockAt,
    uf2File,
} from "./images/uf2-blocks"

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
    if (!startsAsUf2(bytes)) refuse("is no UF2 file")
    if (bytes.length % UF2_BLOCK_BYTES !== 0)
        refuse(`is cut off: ${bytes.length} bytes are no whole blocks of ${UF2_BLOCK_BYTES}`)
    const found = new Map<number, Uf2Block>()
    const others = new Set<number>()
    let told: number | undefined
    for (let at = 0; at < bytes.length; at += UF2_BLOCK_BYTES) {
        const { isBlock, isForFlash, family, ...fields } = uf2BlockAt(bytes, at)
        const { address, size, number, count, content: data } = fields
        const here = `block ${at / UF2_BLOCK_BYTES}`
        if (!isBlock) refuse(`is damaged: ${here} is no block of the format`)
        if (!isForFlash) continue
        if (family === undefined) return refuse("does not say which chip it is for")
        if (family !== familyId) {
            others.add(family)
            continue
        }
        told ??= count
        if (count !== told || number >= count)
            refuse(`is damaged: ${here} is number ${number} of ${count}`)
        if (size === 0 || size > UF2_MAX_PAYLOAD_BYTES)
            refuse(`is damaged: ${here} holds ${size} bytes`)
        if (address < origin || address + size > origin + flashBytes)
            refuse(
                `is too big, or for another board: ${here} is for 0x${address.toString(16)}, and the flash has ${flashBytes} bytes from 0x${origin.toString(16)} on`,
            )
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
        Array.from({ length: Math.ceil(data.length / UF2_PAGE_BYTES) }, (_, i) => {
            const bytes = new Uint8Array(UF2_PAGE_BYTES).fill(0xff)
            bytes.set(data.subarray(i * UF2_PAGE_BYTES, (i + 1) * UF2_PAGE_BYTES))
            return { address: address + i * UF2_PAGE_BYTES, bytes }
        }),
    )
    return uf2File(pages, familyId)
}

function familyName(id: number): string {
    return FAMILIES[id] ?? `family 0x${id.toString(16).padStart(8, "0")}`
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
    return a.length === b.length && a.every((byte, i) => byte === b[i])
}
