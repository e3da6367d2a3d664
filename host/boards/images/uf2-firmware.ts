import { formatAddress } from "./address"
import type { Firmware, FlashPart, PrepareOptions } from "./firmware"
import { configurationFor } from "./put-configuration"
import { refuse } from "./refuse"
import { BOOT2_BYTES, isBoot2 } from "./rp2040-boot"
import { readUf2, type Uf2Page } from "./uf2"
import { UF2_PAGE_BYTES, uf2File } from "./uf2-blocks"

/**
 * A flash is erased in sectors of this, in bytes. The RP2040's boot ROM erases one when its first page comes,
 * and leaves what is there of the rest undefined (erratum RP2040-E14): the last one is always written whole.
 */
const SECTOR_BYTES = 4096

/** @throws UserError as `prepareFirmware` does */
export function prepareUf2Firmware(
    bytes: Uint8Array,
    { name, board, erase }: PrepareOptions,
): Firmware {
    const { image } = board.firmware
    const broken = (why: string) => refuse(name, why)
    const pages = readUf2(bytes, name, image.target)
    const end = image.offset + board.flashBytes
    for (const { address } of pages) {
        if (address < image.offset || address >= image.offset + 0x1000000)
            throw broken(`it writes to ${formatAddress(address)}, which is not in the flash`)
        if (address >= end)
            throw broken(
                `it is too big: it writes to ${formatAddress(address)}, and the flash of a ${board.name} ends at ${formatAddress(end)}`,
            )
    }
    const boot2 = pages.find(({ address }) => address === image.offset)
    if (!boot2) throw broken("nothing in it starts: it leaves the beginning of the flash out")
    if (!isBoot2(boot2.bytes))
        throw broken(
            `it is damaged: the boot ROM starts nothing whose first ${BOOT2_BYTES} bytes have the wrong checksum`,
        )
    const flash = new Map(pages.map(page => [page.address, page.bytes]))
    const { change, bytes: configuration } = configurationFor(
        board,
        contentOf(flash, image.configurationOffset, image.storageOffset),
        name,
    )
    if (configuration) {
        put(flash, fillOf(pages))
        put(flash, { address: image.configurationOffset, bytes: configuration })
    }
    const touched = [...flash.keys()].some(
        address =>
            address >= image.storageOffset &&
            address < image.storageOffset + board.storageFlashBytes,
    )
    const parts = partsOf(flash, image.configurationOffset)
    if (erase) {
        const empty = new Uint8Array(board.storageFlashBytes).fill(0xff)
        put(flash, { address: image.storageOffset, bytes: empty })
        parts.push({
            what: "erased programs and settings",
            address: image.storageOffset,
            bytes: empty.length,
        })
    }
    const written = [...flash].map(([address, bytes]): Uf2Page => ({ address, bytes }))
    return {
        format: "uf2",
        file: uf2File(written, image.target),
        address: image.offset,
        parts,
        configuration: change,
        storage: erase ? "erased" : touched ? "overwritten" : "kept",
    }
}

/** What fills the last sector that a file writes to. */
function fillOf(pages: readonly Uf2Page[]): { address: number; bytes: Uint8Array } {
    const address = pages.reduce((most, page) => Math.max(most, page.address + UF2_PAGE_BYTES), 0)
    const rest = (SECTOR_BYTES - (address % SECTOR_BYTES)) % SECTOR_BYTES
    return { address, bytes: new Uint8Array(rest).fill(0xff) }
}

/** Writes into the pages from an address on, which begins one; of the last, what is beyond stays, or is erased. */
function put(
    flash: Map<number, Uint8Array>,
    { address, bytes }: { address: number; bytes: Uint8Array },
): void {
    for (let at = 0; at < bytes.length; at += UF2_PAGE_BYTES) {
        const page = new Uint8Array(UF2_PAGE_BYTES).fill(0xff)
        page.set(flash.get(address + at) ?? [])
        page.set(bytes.subarray(at, at + UF2_PAGE_BYTES))
        flash.set(address + at, page)
    }
}

/** What will stand between two addresses; erased where nothing is written. */
function contentOf(flash: ReadonlyMap<number, Uint8Array>, from: number, to: number): Uint8Array {
    const content = new Uint8Array(to - from).fill(0xff)
    for (let at = 0; at < content.length; at += UF2_PAGE_BYTES)
        content.set(flash.get(from + at) ?? [], at)
    return content
}

/** Runs of pages, by address, the configuration apart. */
function partsOf(flash: ReadonlyMap<number, Uint8Array>, configurationAt: number): FlashPart[] {
    const parts: FlashPart[] = []
    for (const address of [...flash.keys()].toSorted((a, b) => a - b)) {
        const last = parts.at(-1)
        if (last && last.address + last.bytes === address && address !== configurationAt)
            last.bytes += UF2_PAGE_BYTES
        else
            parts.push({
                what: address === configurationAt ? "configuration" : "firmware",
                address,
                bytes: UF2_PAGE_BYTES,
            })
    }
    return parts
}
