import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { concatBytes } from "../../../../host/base/bytes"
import { UserError } from "../../../../host/base/errors"
import { decodeDcfg, dcfgSettings, encodeDcfg } from "../../../../host/boards/dcfg"
import type { Board } from "../../../../host/boards/board"
import { findBoard } from "../../../../host/boards/node/find-board"
import type { Firmware } from "../../../../host/boards/images/firmware"
import { prepareFirmware } from "../../../../host/boards/images/prepare-firmware"
import { boot2Checksum } from "../../../../host/boards/images/rp2040-boot"
import { flashOf, readUf2, type Uf2Page } from "../../../../host/boards/images/uf2"
import { uf2File } from "../../../../host/boards/images/uf2-blocks"
import {
    code,
    espFlash,
    espImage,
    PARTITIONS,
    partitionTable,
    rp2040Pages,
    rp2040Uf2,
} from "./make-firmware"

const pico = findBoard("pico")
const FAMILY = 0xe48bff56
const CHIPS = ["esp32", "esp32s2", "esp32c3", "esp32s3"].map(id => findBoard(id))
const c3 = findBoard("esp32c3")

function prepare(bytes: Uint8Array, board: Board = pico, erase = false): Promise<Firmware> {
    return prepareFirmware(bytes, { name: "fw", board, erase })
}

async function refusal(bytes: Uint8Array, board: Board = pico, name = "fw"): Promise<string> {
    const refused: unknown = await prepareFirmware(bytes, { name, board, erase: false }).catch(
        (error: unknown) => error,
    )
    expect(refused).toBeInstanceOf(UserError)
    expect((refused as UserError).code).toBe("E_FIRMWARE")
    return (refused as UserError).message
}

function same(pages: readonly Uf2Page[], wanted: readonly Uf2Page[]): boolean {
    return (
        pages.length === wanted.length &&
        pages.every(
            ({ address, bytes }, index) =>
                address === wanted[index]!.address &&
                Buffer.compare(bytes, wanted[index]!.bytes) === 0,
        )
    )
}

/** The file with a word of one of its blocks changed. */
function withWord(block: number, offset: number, word: number): Uint8Array {
    const file = rp2040Uf2()
    new DataView(file.buffer).setUint32(block * 512 + offset, word, true)
    return file
}

describe("UF2 firmware", () => {
    test("is started by the checksum that the chip's boot ROM demands", () => {
        // The check value that catalogues of checksums give for CRC-32/MPEG-2.
        expect(boot2Checksum(new TextEncoder().encode("123456789"))).toBe(0x0376e6e7)
    })

    test("is told from blocks of other chips beside it, for no flash, and that come twice", () => {
        const whole = rp2040Uf2()
        const note = whole.slice(0, 512)
        new DataView(note.buffer).setUint32(8, 0x2001, true)
        const other = uf2File([{ address: 0x20000000, bytes: code(256) }], 0xe48bff57)
        const file = concatBytes([other, note, whole, whole.subarray(512, 1024)])
        expect(same(readUf2(file, "fw", FAMILY), rp2040Pages())).toBe(true)
        const flash = flashOf(rp2040Pages(), { origin: 0x10000000, flashBytes: 8192 })
        const content = concatBytes(rp2040Pages().map(({ bytes }) => bytes))
        expect(Buffer.compare(flash.subarray(0, content.length), content)).toBe(0)
        expect(new Set(flash.subarray(content.length))).toEqual(new Set([0xff]))
    })

    test("gets its board's configuration, behind a last sector that is written whole", async () => {
        const { file, parts, configuration, storage } = await prepare(rp2040Uf2())
        expect({ configuration, storage }).toEqual({ configuration: "put in", storage: "kept" })
        expect(parts).toEqual([
            { what: "firmware", address: 0x10000000, bytes: 8192 },
            {
                what: "configuration",
                address: 0x100dc000,
                bytes: Math.ceil(pico.configuration.length / 256) * 256,
            },
        ])
        const pages = readUf2(file, "made", FAMILY)
        expect(same(pages.slice(0, 20), rp2040Pages())).toBe(true)
        const there = Buffer.concat(
            pages.filter(({ address }) => address >= 0x100dc000).map(({ bytes }) => bytes),
        )
        expect(decodeDcfg(there)).toEqual(dcfgSettings(pico.definition))
        // Given once more, it has it.
        expect((await prepare(file)).configuration).toBe("already there")
        expect(Buffer.compare((await prepare(file)).file, file)).toBe(0)
        // Another board's is replaced, and nothing is left of a longer one.
        const w = findBoard("kittenbot_nanoscript")
        const other = await prepare(file, w)
        expect(other.configuration).toBe("replaced")
        expect((await prepare(other.file, w)).configuration).toBe("already there")
    })

    test("erases what programs and settings are kept in, if that is wanted", async () => {
        const { file, parts, storage } = await prepare(rp2040Uf2(), pico, true)
        expect(storage).toBe("erased")
        expect(parts.at(-1)).toEqual({
            what: "erased programs and settings",
            address: 0x100e0000,
            bytes: 131_072,
        })
        const pages = readUf2(file, "made", FAMILY).filter(({ address }) => address >= 0x100e0000)
        expect(pages).toHaveLength(512)
        expect(pages.every(({ bytes }) => bytes.every(byte => byte === 0xff))).toBe(true)
    })

    test("what was written is read back, in any order of the blocks", () => {
        fc.assert(
            fc.property(
                fc.uniqueArray(fc.nat(8000), { minLength: 1, maxLength: 30 }),
                fc.nat(),
                (numbers, seed) => {
                    const pages = numbers.map(number => ({
                        address: 0x10000000 + number * 256,
                        bytes: code(256, seed + number),
                    }))
                    const file = uf2File(pages, FAMILY)
                    const blocks = numbers.map((_, index) =>
                        file.subarray(index * 512, index * 512 + 512),
                    )
                    expect(same(readUf2(file, "fw", FAMILY), pages)).toBe(true)
                    const turned = concatBytes(blocks.toReversed())
                    expect(same(readUf2(turned, "fw", FAMILY), pages.toReversed())).toBe(true)
                },
            ),
            { numRuns: 30, seed: 1 },
        )
    })

    test.each<[string, Uint8Array, RegExp]>([
        ["nothing", new Uint8Array(0), /blocks of 512 bytes/],
        ["no UF2 file", code(512), /block 0 does not begin and end/],
        ["an ESP image", espFlash(c3), /an image for an ESP32, and a Raspberry Pi Pico takes UF2/],
        ["cut off in a block", rp2040Uf2().subarray(0, 1000), /not copied or downloaded whole/],
        ["cut off between blocks", rp2040Uf2().subarray(0, 512 * 15), /has 15 of 20 blocks/],
        ["an end of a block", withWord(3, 508, 0), /block 3 does not begin and end/],
        ["another family", rp2040Uf2(5000, 0xbfdd4eee), /for another chip: ESP32-S2, not RP2040/],
        ["an unknown family", rp2040Uf2(5000, 7), /another chip: UF2 family 0x7, not RP2040/],
        ["one block of another family", withWord(3, 28, 0xbfdd4eee), /has 19 of 20 blocks/],
        ["no family", withWord(0, 8, 0), /block 0 does not say which chip/],
        ["not for the flash", writeFlags(1), /writes nothing to a chip's flash/],
        ["too long a block", withWord(2, 16, 477), /block 2 says that it has 477 bytes/],
        ["too short a block", withWord(2, 16, 128), /block 2 has 128 bytes/],
        ["a number twice", withWord(2, 20, 1), /two blocks with number 1/],
        ["a number too high", withWord(2, 20, 20), /calls itself number 20 of 20/],
        ["another count", withWord(2, 24, 21), /block 2 is one of 21, those before it are of 20/],
        [
            "overlapping blocks",
            withWord(2, 12, 0x10000100),
            /two of its blocks overlap at 0x10000100/,
        ],
        [
            "half a page off",
            withWord(2, 12, 0x10000280),
            /block 2 is for 0x10000280, where no page/,
        ],
        ["for RAM", withWord(2, 12, 0x20000000), /0x20000000, which is not in the flash/],
        ["beyond the flash", withWord(2, 12, 0x10200000), /too big: it writes to 0x10200000/],
        [
            "no beginning",
            uf2File(rp2040Pages().slice(1), FAMILY),
            /leaves the beginning of the flash/,
        ],
        ["a damaged beginning", withWord(0, 40, 7), /wrong checksum/],
        [
            "something else in the configuration's place",
            uf2File([...rp2040Pages(), { address: 0x100dc000, bytes: code(256) }], FAMILY),
            /something else where the board's configuration belongs/,
        ],
    ])("%s is refused", async (_, file, message) => {
        expect(await refusal(file)).toMatch(message)
    })
})

function writeFlags(flags: number): Uint8Array {
    const file = rp2040Uf2()
    for (let at = 8; at < file.length; at += 512)
        new DataView(file.buffer).setUint32(at, flags, true)
    return file
}

describe("ESP32 firmware", () => {
    test.each(CHIPS.map(board => [board.chip, board] as const))(
        "of an %s gets its board's configuration",
        async (_, board) => {
            const { file, address, parts, configuration, storage } = await prepare(
                espFlash(board),
                board,
            )
            const { offset } = board.firmware.image
            expect({ address, configuration, storage }).toEqual({
                ...{ address: offset, configuration: "put in", storage: "kept" },
            })
            expect(parts.map(({ what, address: at }) => [what, at])).toEqual([
                ["bootloader", offset],
                ["partition table", 0x8000],
                ["configuration", 0x9000],
                ["application", 0x10000],
            ])
            expect(file.length % 4096).toBe(0)
            const before = espFlash(board)
            const configured = 0x9000 - offset
            for (const [from, to] of [
                [0, configured],
                [0x10000 - offset, before.length],
            ])
                expect(Buffer.compare(file.subarray(from, to), before.subarray(from, to))).toBe(0)
            expect(decodeDcfg(file.subarray(configured))).toEqual(dcfgSettings(board.definition))
            expect((await prepare(file, board)).configuration).toBe("already there")
        },
    )

    test("a project's own definition always goes in, and nothing of a longer one is left", async () => {
        const { file } = await prepare(espFlash(c3), c3)
        const definition = {
            devName: "Mine",
            productId: "0x3fffffff",
            id: "mine",
            archId: "esp32c3",
        }
        const configuration = encodeDcfg(dcfgSettings(definition))
        const mine = { ...c3, id: "mine", productId: 0x3fffffff, definition, configuration }
        const board: Board = { ...mine, definedBy: "project" }
        const changed = await prepare(file, board)
        expect(changed.configuration).toBe("replaced")
        const rest = changed.file.subarray(
            0x9000 + configuration.length,
            0x9000 + c3.configuration.length,
        )
        expect(rest.every(byte => byte === 0)).toBe(true)
        expect((await prepare(changed.file, board)).configuration).toBe("already there")
    })

    const image = (parts: Partial<Parameters<typeof espImage>[0]>) =>
        espImage({ chipId: 5, ...parts })
    const overlapping = [
        { address: 0x40080000, bytes: code(100) },
        { address: 0x40080040, bytes: code(100) },
    ]
    const moved = (index: number, change: object) =>
        partitionTable(
            PARTITIONS.map((entry, i) => (i === index ? { ...entry, ...change } : entry)),
        )
    const damaged = (at: number) => {
        const file = espFlash(c3)
        file[at]! ^= 1
        return file
    }
    test.each<[string, Uint8Array, RegExp]>([
        ["a UF2 file", rp2040Uf2(), /it is a UF2 file, and a/],
        ["nothing", new Uint8Array(0), /its bootloader is cut off/],
        ["no image", code(5000), /its bootloader begins with 0x/],
        [
            "for another chip",
            espFlash(findBoard("esp32s3")),
            /another chip: ESP32-S3, not ESP32-C3/,
        ],
        [
            "an application for another chip",
            espFlash(c3, { app: espImage({ chipId: 2 }) }),
            /its application is for another chip: ESP32-S2/,
        ],
        ["cut off in the application", espFlash(c3).subarray(0, 0x10800), /application is cut off/],
        ["cut off before it", espFlash(c3).subarray(0, 0x9000), /application is cut off/],
        [
            "cut off before its table",
            espFlash(c3).subarray(0, 0x5000),
            /partition table has no end/,
        ],
        [
            "an application alone",
            image({ segments: [{ address: 1, bytes: code(40_000) }] }),
            /not with a bootloader/,
        ],
        ["no segments", espFlash(c3, { bootloader: image({ segments: [] }) }), /has 0 segments/],
        [
            "a flash of 4 MiB",
            espFlash(c3, { bootloader: image({ size: 0x20 }) }),
            /expects a flash of 0x400000 bytes/,
        ],
        [
            "segments over each other",
            espFlash(c3, { app: image({ segments: overlapping }) }),
            /two segments over each other, at 0x40080040/,
        ],
        ["a byte of the bootloader", damaged(200), /its bootloader is damaged: its checksum/],
        ["a bootloader's entry", damaged(4), /its bootloader is damaged: its SHA-256/],
        ["a byte of the application", damaged(0x10100), /its application is damaged: its checksum/],
        ["a byte of the table", damaged(0x8004), /partition table is damaged: its MD5/],
        [
            "a table without an end",
            espFlash(c3, { table: new Uint8Array(0xc00) }),
            /table is damaged/,
        ],
        ["an empty table", espFlash(c3, { table: new Uint8Array(0xc00).fill(255) }), /is empty/],
        [
            "overlapping partitions",
            espFlash(c3, { table: moved(1, { address: 0xa000 }) }),
            /has "nvs" overlap/,
        ],
        [
            "a partition off a sector",
            espFlash(c3, { table: moved(1, { bytes: 0x3f00 }) }),
            /"nvs" at 0xb000, where no sector/,
        ],
        [
            "a partition beyond the flash",
            espFlash(c3, { table: moved(4, { bytes: 0x80000 }) }),
            /"fstor" end at 0x240000/,
        ],
        [
            "no place for programs",
            espFlash(c3, { table: partitionTable(PARTITIONS.slice(0, 4)) }),
            /no place for programs/,
        ],
        [
            "no place for a configuration",
            espFlash(c3, { table: partitionTable(PARTITIONS.slice(1)) }),
            /no place for the board's conf/,
        ],
        [
            "no application",
            espFlash(c3, { table: partitionTable(PARTITIONS.filter(({ type }) => type > 0)) }),
            /no application in its/,
        ],
        [
            "too large an application",
            espFlash(c3, { table: moved(3, { bytes: 0x2000 }) }),
            /its application is too big/,
        ],
        [
            "too large a file",
            new Uint8Array(0x200001).fill(0xe9),
            /too big: it would end at 0x200001/,
        ],
    ])("%s is refused", async (_, file, message) => {
        expect(await refusal(file, c3)).toMatch(message)
    })

    test("a name that says where it belongs is believed", async () => {
        expect(await refusal(espFlash(c3), c3, "devicescript-esp32c3-generic-0x10000.bin")).toMatch(
            /belongs at 0x10000, and what .* starts with at 0x0/,
        )
    })

    test("no byte of what is loaded can change unnoticed, and no file is cut off unnoticed", async () => {
        const file = espFlash(c3)
        const loaded = [0, 0x8000, 0x10000].flatMap(from =>
            Array.from({ length: 224 }, (_, i) => from + i),
        )
        await fc.assert(
            fc.asyncProperty(
                fc.constantFrom(...loaded),
                fc.integer({ min: 1, max: 255 }),
                async (at, bits) => {
                    // Behind the table's sum stands nothing.
                    fc.pre(at < 0x80c0 || at >= 0x10000)
                    // Sixteen bytes beside the table's sum are not looked at.
                    fc.pre(at < 0x80a2 || at >= 0x80b0)
                    const bad = file.slice()
                    bad[at]! ^= bits
                    await refusal(bad, c3)
                },
            ),
            { numRuns: 150, seed: 2 },
        )
        await fc.assert(
            fc.asyncProperty(fc.nat(file.length - 1), async length => {
                await refusal(file.subarray(0, length), c3)
            }),
            { numRuns: 50, seed: 3 },
        )
    })
})
