import { createHash } from "node:crypto"
import { boot2Checksum } from "../../../../host/boards/images/rp2040-boot"
import type { Uf2Page } from "../../../../host/boards/images/uf2"
import { uf2File } from "../../../../host/boards/images/uf2-blocks"
import type { Board } from "../../../../host/boards/board"

/** Bytes that look like code: no run of equal ones, the same for the same seed. */
export function code(length: number, seed = 1): Uint8Array {
    let state = seed
    return Uint8Array.from(
        { length },
        () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24,
    )
}

/** Bytes from an address on, in pages; what is left of the last is as erased flash has it. */
export function pagesOf(content: Uint8Array, address = 0x10000000): Uf2Page[] {
    return Array.from({ length: Math.ceil(content.length / 256) }, (_, page) => {
        const bytes = new Uint8Array(256).fill(0xff)
        bytes.set(content.subarray(page * 256, page * 256 + 256))
        return { address: address + page * 256, bytes }
    })
}

/** Firmware as a build makes it for an RP2040: whole, without a configuration. */
export function rp2040Pages(bytes = 5000): Uf2Page[] {
    const flash = new Uint8Array(Math.ceil(bytes / 256) * 256)
    flash.set(code(bytes))
    new DataView(flash.buffer).setUint32(252, boot2Checksum(flash.subarray(0, 256)), true)
    return pagesOf(flash)
}

export function rp2040Uf2(bytes?: number, family = 0xe48bff56): Uint8Array<ArrayBuffer> {
    return uf2File(rp2040Pages(bytes), family)
}

export interface EspImageParts {
    chipId: number
    segments?: { address: number; bytes: Uint8Array }[]
    /** The byte with the flash's size: 0x10 is 2 MiB. */
    size?: number
    hashed?: boolean
}

/** An image as Espressif's tools make it (esptool documentation, "Firmware Image Format"). */
export function espImage({
    chipId,
    segments,
    size = 0x10,
    hashed = true,
}: EspImageParts): Uint8Array {
    const all = segments ?? [
        { address: 0x3f400020, bytes: code(500, 2) },
        { address: 0x40080000, bytes: code(1200, 3) },
    ]
    const header = new Uint8Array(24)
    header.set([0xe9, all.length, 2, size])
    new DataView(header.buffer).setUint32(4, 0x40080004, true)
    new DataView(header.buffer).setUint16(12, chipId, true)
    header[23] = Number(hashed)
    const parts: Uint8Array[] = [header]
    let sum = 0xef
    for (const { address, bytes } of all) {
        const head = new Uint8Array(8)
        new DataView(head.buffer).setUint32(0, address, true)
        new DataView(head.buffer).setUint32(4, bytes.length, true)
        parts.push(head, bytes)
        for (const byte of bytes) sum ^= byte
    }
    const length = parts.reduce((total, part) => total + part.length, 0)
    const foot = new Uint8Array(16 - (length % 16))
    foot[foot.length - 1] = sum
    const image = Buffer.concat([...parts, foot])
    return hashed ? Buffer.concat([image, createHash("sha256").update(image).digest()]) : image
}

/** As `partitions.csv` of devicescript-esp32 has it. */
export const PARTITIONS = [
    { name: "dcfg", type: 0x8a, subtype: 0, address: 0x9000, bytes: 0x2000 },
    { name: "nvs", type: 1, subtype: 2, address: 0xb000, bytes: 0x4000 },
    { name: "phy_init", type: 1, subtype: 1, address: 0xf000, bytes: 0x1000 },
    { name: "factory", type: 0, subtype: 0, address: 0x10000, bytes: 0x1b0000 },
    { name: "fstor", type: 0x8a, subtype: 1, address: 0x1c0000, bytes: 0x40000 },
]

export function partitionTable(partitions = PARTITIONS): Uint8Array {
    const table = new Uint8Array(0xc00).fill(0xff)
    const view = new DataView(table.buffer)
    partitions.forEach(({ name, type, subtype, address, bytes }, index) => {
        const at = index * 32
        table.fill(0, at, at + 32).set([0xaa, 0x50, type, subtype], at)
        view.setUint32(at + 4, address, true)
        view.setUint32(at + 8, bytes, true)
        table.set(Buffer.from(name), at + 12)
    })
    const end = partitions.length * 32
    table.set([0xeb, 0xeb], end)
    table.set(createHash("md5").update(table.subarray(0, end)).digest(), end + 16)
    return table
}

export interface EspFlashParts {
    bootloader?: Uint8Array
    table?: Uint8Array
    app?: Uint8Array
}

/** Firmware as a build makes it for an ESP32: bootloader, table and application, without a configuration. */
export function espFlash(
    board: Pick<Board, "firmware">,
    parts: EspFlashParts = {},
): Uint8Array<ArrayBuffer> {
    const { target: chipId, offset } = board.firmware.image
    const { bootloader, table, app } = parts
    const last =
        app ?? espImage({ chipId, segments: [{ address: 0x40080000, bytes: code(9000, 5) }] })
    const file = new Uint8Array(0x10000 - offset + last.length).fill(0xff)
    file.set(bootloader ?? espImage({ chipId }))
    file.set(table ?? partitionTable(), 0x8000 - offset)
    file.set(last, 0x10000 - offset)
    return file
}
