import { md5 } from "@noble/hashes/legacy.js"
import { toHex } from "../../base/hex"
import { formatAddress } from "./address"
import { refuse } from "./refuse"

/** Where an ESP32's bootloader looks for its table of partitions, by default. */
export const PARTITION_TABLE_AT = 0x8000
export const PARTITION_TABLE_BYTES = 0xc00

/** A part of the flash with a use of its own (ESP-IDF, "Partition Tables"). */
export interface Partition {
    name: string
    type: number
    subtype: number
    address: number
    bytes: number
}

/** A partition with a program that the bootloader can start. */
export const APP_PARTITION = 0

const ENTRY_BYTES = 32
const MAGIC = 0x50aa
const MD5_MAGIC = 0xebeb
const END_MAGIC = 0xffff
const SECTOR_BYTES = 4096

/**
 * The partitions of a flash, in the table's order.
 * @param table from its beginning on; what follows its end is left aside
 * @param name of the file, for messages
 * @throws UserError when it is none, damaged, or its partitions overlap or do not fit the flash
 */
export function readPartitionTable(
    table: Uint8Array,
    { name, flashBytes }: { name: string; flashBytes: number },
): Partition[] {
    const broken = (why: string) => refuse(name, `its partition table ${why}`)
    const view = new DataView(table.buffer, table.byteOffset, table.byteLength)
    const partitions: Partition[] = []
    for (let at = 0; ; at += ENTRY_BYTES) {
        if (at + ENTRY_BYTES > Math.min(table.length, PARTITION_TABLE_BYTES))
            throw broken("has no end")
        const magic = view.getUint16(at, true)
        if (magic === END_MAGIC) break
        if (magic === MD5_MAGIC) {
            const sum = toHex(table.subarray(at + 16, at + ENTRY_BYTES))
            if (sum !== toHex(md5(table.subarray(0, at))))
                throw broken("is damaged: its MD5 sum is not that of its bytes")
            break
        }
        if (magic !== MAGIC) throw broken(`is damaged at ${formatAddress(PARTITION_TABLE_AT + at)}`)
        const label = table.subarray(at + 12, at + 28)
        const end = label.indexOf(0)
        partitions.push({
            name: new TextDecoder("latin1").decode(end < 0 ? label : label.subarray(0, end)),
            type: table[at + 2]!,
            subtype: table[at + 3]!,
            address: view.getUint32(at + 4, true),
            bytes: view.getUint32(at + 8, true),
        })
    }
    if (partitions.length === 0) throw broken("is empty")
    const inOrder = partitions.toSorted((a, b) => a.address - b.address)
    let free = PARTITION_TABLE_AT + SECTOR_BYTES
    for (const { name: label, address, bytes } of inOrder) {
        if (address % SECTOR_BYTES !== 0 || bytes % SECTOR_BYTES !== 0)
            throw broken(`has "${label}" at ${formatAddress(address)}, where no sector begins`)
        if (address < free) throw broken(`has "${label}" overlap what is before it`)
        free = address + bytes
        if (free > flashBytes)
            throw broken(
                `has "${label}" end at ${formatAddress(free)}: the board's flash ends at ${formatAddress(flashBytes)}`,
            )
    }
    return partitions
}
