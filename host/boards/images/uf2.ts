import { formatAddress } from "./address"
import { refuse } from "./refuse"
import { UF2_BLOCK_BYTES, UF2_MAX_PAYLOAD_BYTES, UF2_PAGE_BYTES, uf2BlockAt } from "./uf2-blocks"

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

/** Content of flash from one address on, as large as a block's. */
export interface Uf2Page {
    /** A multiple of `UF2_PAGE_BYTES`. */
    address: number
    /** `UF2_PAGE_BYTES` of them. */
    bytes: Uint8Array
}

/** Whether a file is of this format, by its first block. */
export function isUf2(bytes: Uint8Array): boolean {
    return bytes.length >= UF2_BLOCK_BYTES && uf2BlockAt(bytes, 0).isBlock
}

/**
 * What a file writes to the flash of one family of chips, in its own order. Blocks for other families or
 * for elsewhere are left aside, as a boot ROM does it; one that comes twice, the same, does no harm.
 * @param name of the file, for messages
 * @throws UserError when the file is not what a boot ROM takes whole
 */
export function readUf2(bytes: Uint8Array, name: string, family: number): Uf2Page[] {
    const broken = (why: string) => refuse(name, why)
    if (bytes.length === 0 || bytes.length % UF2_BLOCK_BYTES !== 0)
        throw broken(
            `a UF2 file is blocks of ${UF2_BLOCK_BYTES} bytes, and this one ends in the middle of one: it was not copied or downloaded whole`,
        )
    const pages: Uf2Page[] = []
    const families = new Set<number>()
    const seen = new Map<number, Uf2Page>()
    let announced: number | undefined
    for (let at = 0; at < bytes.length; at += UF2_BLOCK_BYTES) {
        const { isBlock, isForFlash, ...fields } = uf2BlockAt(bytes, at)
        const { address, size, number, count } = fields
        const block = at / UF2_BLOCK_BYTES
        if (!isBlock) throw broken(`block ${block} does not begin and end as UF2 blocks do`)
        if (size > UF2_MAX_PAYLOAD_BYTES)
            throw broken(`block ${block} says that it has ${size} bytes, and none can have them`)
        if (!isForFlash) continue
        if (fields.family === undefined)
            throw broken(`block ${block} does not say which chip it is for`)
        families.add(fields.family)
        if (fields.family !== family) continue
        if (size !== UF2_PAGE_BYTES)
            throw broken(
                `block ${block} has ${size} bytes: the boot ROM takes ${UF2_PAGE_BYTES} at once and no other number`,
            )
        announced ??= count
        if (count !== announced)
            throw broken(`block ${block} is one of ${count}, those before it are of ${announced}`)
        if (number >= count)
            throw broken(`block ${block} calls itself number ${number} of ${count}`)
        if (address % UF2_PAGE_BYTES !== 0)
            throw broken(
                `block ${block} is for ${formatAddress(address)}, where no page of the flash begins`,
            )
        const page = { address, bytes: fields.content }
        const before = seen.get(number)
        if (before && !isSame(before, page))
            throw broken(`there are two blocks with number ${number}, and they are not the same`)
        if (before) continue
        seen.set(number, page)
        pages.push(page)
    }
    if (announced === undefined)
        throw broken(
            families.size === 0
                ? "it writes nothing to a chip's flash"
                : `it is for another chip: ${[...families].map(nameOfFamily).join(", ")}, not ${nameOfFamily(family)}`,
        )
    if (seen.size !== announced)
        throw broken(
            `it has ${seen.size} of ${announced} blocks: it was not copied or downloaded whole`,
        )
    const addresses = new Set(pages.map(({ address }) => address))
    if (addresses.size !== pages.length) {
        const twice = pages.find(({ address }) => !addresses.delete(address))!
        throw broken(`two of its blocks overlap at ${formatAddress(twice.address)}`)
    }
    return pages
}

/** What a flash of so many bytes holds once these pages were written to it, erased. @param origin of its first byte */
export function flashOf(
    pages: readonly Uf2Page[],
    { origin, flashBytes }: { origin: number; flashBytes: number },
): Uint8Array<ArrayBuffer> {
    const flash = new Uint8Array(flashBytes).fill(0xff)
    for (const { address, bytes } of pages) flash.set(bytes, address - origin)
    return flash
}

function isSame(a: Uf2Page, b: Uf2Page): boolean {
    return a.address === b.address && a.bytes.every((byte, index) => byte === b.bytes[index])
}

function nameOfFamily(family: number): string {
    return FAMILIES[family] ?? `UF2 family ${formatAddress(family)}`
}
