import type { Board } from "../board"
import { dcfgLength } from "../dcfg"
import { formatAddress } from "./address"
import { readEspImage } from "./esp-image"
import type { Firmware, FlashPart, PrepareOptions } from "./firmware"
import {
    APP_PARTITION,
    PARTITION_TABLE_AT,
    PARTITION_TABLE_BYTES,
    readPartitionTable,
    type Partition,
} from "./partition-table"
import { configurationFor } from "./put-configuration"
import { refuse } from "./refuse"

/** Flash is erased in sectors of this, in bytes: a file is filled up to one. */
const SECTOR_BYTES = 4096
/** The end of the name of an image for an ESP32: where its first byte belongs. */
const NAMED_ADDRESS = /-(0x[0-9a-f]+)\.bin$/i

/** An image of an ESP32's flash from its bootloader on. @throws UserError as `prepareFirmware` does */
export async function prepareEspFirmware(
    bytes: Uint8Array,
    { name, board, erase }: PrepareOptions,
): Promise<Firmware> {
    const { image } = board.firmware
    const broken = (why: string) => refuse(name, why)
    const named = NAMED_ADDRESS.exec(name)?.[1]
    if (named !== undefined && Number(named) !== image.offset)
        throw broken(
            `by its name it belongs at ${formatAddress(Number(named))}, and what a ${board.name} starts with at ${formatAddress(image.offset)}`,
        )
    const end = image.offset + bytes.length
    if (end > board.flashBytes)
        throw broken(
            `it is too big: it would end at ${formatAddress(end)}, and the flash of a ${board.name} at ${formatAddress(board.flashBytes)}`,
        )
    const at = (address: number) => bytes.subarray(Math.min(bytes.length, address - image.offset))
    const chip = { name, chipId: image.target }
    const bootloader = await readEspImage(bytes, { ...chip, part: "its bootloader" })
    if (image.offset + bootloader.length > PARTITION_TABLE_AT)
        throw broken("it begins with an application, not with a bootloader: take the whole image")
    if (bootloader.flashBytes > board.flashBytes)
        throw broken(
            `its bootloader expects a flash of ${formatAddress(bootloader.flashBytes)} bytes: that of a ${board.name} has ${formatAddress(board.flashBytes)}`,
        )
    const table = at(PARTITION_TABLE_AT).subarray(0, PARTITION_TABLE_BYTES)
    const partitions = readPartitionTable(table, { name, flashBytes: board.flashBytes })
    const parts: FlashPart[] = [
        { what: "bootloader", address: image.offset, bytes: bootloader.length },
        { what: "partition table", address: PARTITION_TABLE_AT, bytes: PARTITION_TABLE_BYTES },
    ]
    const room = roomFor(partitions, board, name)
    const apps = partitions.filter(({ type }) => type === APP_PARTITION)
    // The first is what a bootloader starts that was told nothing else.
    const [first] = apps
    if (!first) throw broken("it has no application in its partition table")
    const part = "its application"
    const app = await readEspImage(at(first.address), { ...chip, part })
    if (app.length > first.bytes)
        throw broken(`${part} is too big: ${app.length} bytes for ${first.bytes}`)

    const found = new Uint8Array(room.bytes).fill(0xff)
    found.set(at(room.address).subarray(0, room.bytes))
    const { change, bytes: configuration } = configurationFor(board, found, name)
    const configured = room.address - image.offset
    const least = Math.max(bytes.length, configured + (configuration?.length ?? 0))
    const file = new Uint8Array(Math.ceil(least / SECTOR_BYTES) * SECTOR_BYTES).fill(0xff)
    file.set(bytes)
    file.set(configuration ?? [], configured)
    parts.push(
        {
            what: "configuration",
            address: room.address,
            bytes: configuration?.length ?? dcfgLength(found),
        },
        { what: "application", address: first.address, bytes: app.length },
    )
    const touched = image.offset + file.length > image.storageOffset
    return {
        format: "bin",
        file,
        address: image.offset,
        parts,
        configuration: change,
        storage: erase ? "erased" : touched ? "overwritten" : "kept",
    }
}

/** Where the configuration stands: firmware without room for it, or for programs, is another. */
function roomFor(partitions: readonly Partition[], board: Board, name: string): Partition {
    const { configurationOffset, storageOffset } = board.firmware.image
    const room = partitions.find(({ address }) => address === configurationOffset)
    const storage = partitions.find(({ address }) => address === storageOffset)
    if (room && storage) return room
    throw refuse(
        name,
        `it is no DeviceScript firmware: its partition table has no place for ${room ? "programs" : "the board's configuration"}`,
    )
}
