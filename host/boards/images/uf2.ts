import { formatAddress } from "./address"
import { refuse } from "./refuse"

/**
 * UF2: firmware in blocks of 512 bytes that find their own place in flash, so that a drive can take them in
 * any order (github.com/microsoft/uf2). The boot ROM of an RP2040 takes those of 256 bytes and its own family
 * (RP2040 datasheet, 2.8.4.2), and starts what it has when all blocks that are announced have come.
 */

/** Content of flash from one address on, as large as a block's. */
export interface Uf2Page {
    /** A multiple of `UF2_PAGE_BYTES`. */
    address: number
    /** `UF2_PAGE_BYTES` of them. */
    bytes: Uint8Array
}

export const UF2_PAGE_BYTES = 256
export const UF2_BLOCK_BYTES = 512

const MAGIC = [0x0a324655, 0x9e5d5157, 0x0ab16f30] as const
const AT = {
    flags: 8,
    address: 12,
    size: 16,
    number: 20,
    count: 24,
    family: 28,
    data: 32,
    end: 508,
}
const FLAG = { notMainFlash: 0x1, file: 0x1000, family: 0x2000 } as const
/** Content as the format allows it; more would reach into the end of the block. */
const MAX_PAYLOAD_BYTES = 476

/** Whether a file is of this format, by its first block. */
export function isUf2(bytes: Uint8Array): boolean {
    return bytes.length >= UF2_BLOCK_BYTES && hasMagic(viewOf(bytes, 0))
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
        const view = viewOf(bytes, at)
        const word = (offset: number) => view.getUint32(offset, true)
        const block = at / UF2_BLOCK_BYTES
        if (!hasMagic(view)) throw broken(`block ${block} does not begin and end as UF2 blocks do`)
        const flags = word(AT.flags)
        const size = word(AT.size)
        if (size > MAX_PAYLOAD_BYTES)
            throw broken(`block ${block} says that it has ${size} bytes, and none can have them`)
        if (flags & (FLAG.notMainFlash | FLAG.file)) continue
        if (!(flags & FLAG.family)) throw broken(`block ${block} does not say which chip it is for`)
        families.add(word(AT.family))
        if (word(AT.family) !== family) continue
        if (size !== UF2_PAGE_BYTES)
            throw broken(
                `block ${block} has ${size} bytes: the boot ROM takes ${UF2_PAGE_BYTES} at once and no other number`,
            )
        const [address, number, count] = [word(AT.address), word(AT.number), word(AT.count)]
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
        pages.push({ address, bytes: bytes.subarray(at + AT.data, at + AT.data + size) })
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

/** A file that writes these pages, in this order, to a chip of a family. */
export function writeUf2(pages: readonly Uf2Page[], family: number): Uint8Array<ArrayBuffer> {
    const file = new Uint8Array(pages.length * UF2_BLOCK_BYTES)
    pages.forEach(({ address, bytes }, number) => {
        const at = number * UF2_BLOCK_BYTES
        const view = viewOf(file, at)
        const words: [number, number][] = [
            [0, MAGIC[0]],
            [4, MAGIC[1]],
            [AT.flags, FLAG.family],
            [AT.address, address],
            [AT.size, UF2_PAGE_BYTES],
            [AT.number, number],
            [AT.count, pages.length],
            [AT.family, family],
            [AT.end, MAGIC[2]],
        ]
        for (const [offset, word] of words) view.setUint32(offset, word, true)
        file.set(bytes, at + AT.data)
    })
    return file
}

function viewOf(bytes: Uint8Array, at: number): DataView {
    return new DataView(bytes.buffer, bytes.byteOffset + at, UF2_BLOCK_BYTES)
}

function hasMagic(view: DataView): boolean {
    return [0, 4, AT.end].every((at, index) => view.getUint32(at, true) === MAGIC[index])
}
