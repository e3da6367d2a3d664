import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readPacked, writePacked } from "../../src/packed-bits"

const BITS = fc.integer({ min: 1, max: 32 })

describe("packed bits", () => {
    test("hold what was written, value by value, and nothing else changes", () => {
        const writes = fc.array(fc.record({ index: fc.nat(19), value: fc.nat(0xffffffff) }))
        fc.assert(
            fc.property(BITS, writes, (bits, writes) => {
                const bytes = Buffer.alloc(Math.ceil((20 * bits) / 8))
                const model = Array<number>(20).fill(0)
                for (const { index, value } of writes) {
                    const fitting = value % 2 ** bits
                    writePacked(bytes, index, bits, fitting)
                    model[index] = fitting
                }
                expect(model.map((_, index) => readPacked(bytes, index, bits))).toEqual(model)
            }),
        )
    })

    test("stand without gaps, lowest bits first", () => {
        const bytes = Buffer.alloc(2)
        for (let index = 0; index < 3; index++) writePacked(bytes, index, 5, index + 1)
        expect(bytes.readUInt16LE()).toBe(1 | (2 << 5) | (3 << 10))
    })

    test("a place outside the bytes is refused", () => {
        const bytes = Buffer.alloc(2)
        expect(() => readPacked(bytes, 3, 5)).toThrow(
            new RangeError("index must be an integer from 0 to 2, got 3"),
        )
        for (const index of [-1, 0.5, NaN, 3]) {
            expect(() => readPacked(bytes, index, 5)).toThrow(RangeError)
            expect(() => writePacked(bytes, index, 5, 0)).toThrow(RangeError)
        }
        expect(() => readPacked(bytes, "0" as unknown as number, 5)).toThrow(TypeError)
    })

    test("a value with too many bits is refused and leaves the bytes as they were", () => {
        const bytes = Buffer.from([0x55, 0xaa])
        for (const value of [32, -1, 0.5])
            expect(() => writePacked(bytes, 1, 5, value)).toThrow(
                new RangeError(`value must be an integer from 0 to 31, got ${value}`),
            )
        expect(() => writePacked(bytes, 1, 5, "1" as unknown as number)).toThrow(TypeError)
        expect(bytes).toEqual(Buffer.from([0x55, 0xaa]))
    })
})
