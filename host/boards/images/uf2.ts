import { formatAddress } from "./address"
import { refuse } from "./refuse"
import { UF2_BLOCK_BYTES, UF2_MAX_PAYLOAD_BYTES, UF2_PAGE_BYTES, uf2BlockAt } from "./uf2-blocks"

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
 * for elsewhere are left aside, as a boot ROM does it.
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
    const seen = new Set<number>()
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
        if (seen.has(number)) throw broken(`there are two blocks with number ${number}`)
        seen.add(number)
        if (address % UF2_PAGE_BYTES !== 0)
            throw broken(
                `block ${block} is for ${formatAddress(address)}, where no page of the flash begins`,
            )
        pages.push({ address, bytes: fields.content })
    }
    if (announced === undefined)
        throw broken(
            families.size === 0
                ? "it writes nothing to a chip's flash"
                : `it is for another chip: UF2 family ${[...families].map(formatAddress).join(", ")}, not ${formatAddress(family)}`,
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
