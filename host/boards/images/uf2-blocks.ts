/**
 * UF2: firmware in blocks of 512 bytes that find their own place in flash, so that a drive can take them in
 * any order (github.com/microsoft/uf2). What is refused is for whoever reads them to say.
 */

export const UF2_BLOCK_BYTES = 512
/** What the boot ROM of an RP2040 takes from a block, in bytes (RP2040 datasheet, 2.8.4.2). */
export const UF2_PAGE_BYTES = 256
/** Content as the format allows it; more would reach into the end of the block. */
export const UF2_MAX_PAYLOAD_BYTES = 476

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

/** A block as it says of itself. */
export interface Uf2BlockFields {
    /** It begins and ends as blocks do. */
    isBlock: boolean
    isForFlash: boolean
    /** Undefined of one that does not say which chips it is for. */
    family: number | undefined
    address: number
    /** Of its content; what it says may be more than it has. */
    size: number
    number: number
    count: number
    content: Uint8Array
}

/** The block at an offset, from which on there are `UF2_BLOCK_BYTES`. */
export function uf2BlockAt(bytes: Uint8Array, at: number): Uf2BlockFields {
    const view = viewOf(bytes, at)
    const word = (offset: number) => view.getUint32(offset, true)
    const flags = word(AT.flags)
    const size = word(AT.size)
    return {
        isBlock: [0, 4, AT.end].every((offset, index) => word(offset) === MAGIC[index]),
        isForFlash: !(flags & (FLAG.notMainFlash | FLAG.file)),
        family: flags & FLAG.family ? word(AT.family) : undefined,
        ...{ address: word(AT.address), size, number: word(AT.number), count: word(AT.count) },
        content: bytes.subarray(at + AT.data, at + AT.data + size),
    }
}

/** A file that writes these pages of `UF2_PAGE_BYTES`, in this order, to a chip of a family. */
export function uf2File(
    pages: readonly { address: number; bytes: Uint8Array }[],
    family: number,
): Uint8Array<ArrayBuffer> {
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
