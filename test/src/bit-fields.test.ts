import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { bitField, withBitField, withBitFieldUnchecked } from "../../src/bit-fields"

const FIELD = fc
    .integer({ min: 1, max: 32 })
    .chain(width => fc.record({ width: fc.constant(width), offset: fc.nat(32 - width) }))

const UINT32 = fc.nat(0xffffffff)

/** The bits of a number, lowest first. */
function bitsOf(number: number): string[] {
    return [...number.toString(2).padStart(32, "0")].reverse()
}

function fromBits(bits: string[]): number {
    return parseInt([...bits].reverse().join("") || "0", 2)
}

describe("bit fields", () => {
    test("read and write the bits at their place and leave the others alone", () => {
        fc.assert(
            fc.property(FIELD, UINT32, UINT32, ({ offset, width }, before, value) => {
                const bits = bitsOf(before)
                expect(bitField(before, offset, width)).toBe(
                    fromBits(bits.slice(offset, offset + width)),
                )

                const fitting = value % 2 ** width
                bits.splice(offset, width, ...bitsOf(fitting).slice(0, width))
                expect(withBitField(before, offset, width, fitting)).toBe(fromBits(bits))
                expect(withBitFieldUnchecked(before, offset, width, value)).toBe(fromBits(bits))
            }),
        )
    })

    test("a value that does not fit is refused", () => {
        fc.assert(
            fc.property(FIELD, fc.nat(9), ({ offset, width }, beyond) => {
                for (const value of [2 ** width + beyond, -1 - beyond, 0.5])
                    expect(() => withBitField(0, offset, width, value)).toThrow(
                        new RangeError(
                            `value must be an integer from 0 to ${2 ** width - 1}, got ${value}`,
                        ),
                    )
            }),
        )
        expect(() => withBitField(0, 0, 8, "1" as unknown as number)).toThrow(TypeError)
    })

    test("a field outside 32 bits is refused", () => {
        expect(() => withBitField(0, 20, 13, 0)).toThrow(
            new RangeError("width must be an integer from 1 to 12, got 13"),
        )
        expect(() => withBitField(0, 32, 1, 0)).toThrow(/offset .* 0 to 31, got 32/)
        expect(() => withBitField(0, -1, 4, 0)).toThrow(RangeError)
        expect(() => withBitField(0, 0, 0, 0)).toThrow(RangeError)
    })
})
