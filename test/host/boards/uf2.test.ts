import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { UF2_BLOCK_BYTES } from "../../../host/boards/images/uf2-blocks"
import { flashOf, readUf2, writeUf2 } from "../../../host/boards/uf2"

const RP2040 = 0xe48bff56
const target = { name: "x.uf2", familyId: RP2040, origin: 0x10000000, flashBytes: 0x10000 }

/** A whole file of 16 blocks, and the same with one change. */
const whole = writeUf2(
    [{ address: 0x10000000, data: Uint8Array.from({ length: 4096 }, (_, i) => i % 251) }],
    RP2040,
)
function changed(change: (view: DataView, bytes: Uint8Array) => void): Uint8Array {
    const bytes = whole.slice()
    change(new DataView(bytes.buffer), bytes)
    return bytes
}

test("what is written is read back, to the byte", () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 5000 })
    fc.assert(
        fc.property(bytes, bytes, (low, high) => {
            const parts = [
                { address: 0x10000000, data: low },
                { address: 0x10008000, data: high },
            ]
            const flash = flashOf(readUf2(writeUf2(parts, RP2040), target), target)
            const expected = new Uint8Array(target.flashBytes).fill(0xff)
            expected.set(low, 0)
            expected.set(high, 0x8000)
            expect(Buffer.compare(flash, expected)).toBe(0)
        }),
        { numRuns: 20 },
    )
})

describe("a damaged file is refused", () => {
    test.each<[string, Uint8Array, RegExp]>([
        ["nothing at all", new Uint8Array(0), /is empty/],
        ["something else", new TextEncoder().encode("{}".repeat(400)), /is no UF2 file/],
        ["cut in a block", whole.subarray(0, 3000), /cut off: 3000 bytes are no whole blocks/],
        ["cut between blocks", whole.subarray(0, 3072), /cut off: 6 of 16 blocks are there/],
        [
            "for another chip",
            changed(v => {
                for (let at = 0; at < whole.length; at += UF2_BLOCK_BYTES)
                    v.setUint32(at + 28, 0xbfdd4eee, true)
            }),
            /for another chip: ESP32-S2, not RP2040/,
        ],
        ["of no chip", changed(v => v.setUint32(8, 0, true)), /does not say which chip/],
        ["a block's end", changed(v => v.setUint32(508, 1, true)), /damaged: block 0 is no block/],
        ["a block's number", changed(v => v.setUint32(20, 99, true)), /block 0 is number 99 of 16/],
        ["a block's size", changed(v => v.setUint32(16, 500, true)), /block 0 holds 500 bytes/],
        [
            "overlapping",
            changed(v => v.setUint32(12, 0x10000180, true)),
            /two blocks are for 0x10000180/,
        ],
        [
            "out of the flash",
            changed(v => v.setUint32(12, 0x1000ff80, true)),
            /is too big.*65536 bytes/,
        ],
        [
            "twice, and not the same",
            changed(v => v.setUint32(512 + 20, 0, true)),
            /block 0 of 16 is there twice/,
        ],
    ])("%s", (_, bytes, message) => {
        expect(() => readUf2(bytes, target)).toThrow(message)
    })
})

test("blocks of other chips beside, and for no flash, are passed over", () => {
    const other = writeUf2([{ address: 0x20000000, data: new Uint8Array(256) }], 0xe48bff57)
    const note = changed(v => v.setUint32(8, 0x2001, true)).subarray(0, UF2_BLOCK_BYTES)
    const file = Buffer.concat([other, note, whole])
    expect(readUf2(file, target).blocks).toHaveLength(16)
})

test("a block that comes twice, the same, does no harm", () => {
    const twice = Buffer.concat([whole, whole.subarray(0, UF2_BLOCK_BYTES)])
    expect(readUf2(twice, target).blocks).toHaveLength(16)
})
