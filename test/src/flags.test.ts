import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
    countFlags,
    flags16,
    flags32,
    flags8,
    hasAnyFlag,
    hasFlag,
    setFlag,
    toggleFlag,
    withFlag,
    withoutFlag,
} from "../../src/flags"

const BIT = fc.nat(31)

/** The number whose bits a set of positions tells. */
function bitsOf(positions: Iterable<number>): number {
    return [...new Set(positions)].reduce((bits, position) => bits + 2 ** position, 0)
}

describe("flags", () => {
    test("a run of operations leaves the flags that a Set would hold", () => {
        const operation = fc.record({
            bits: fc.array(BIT, { maxLength: 4 }),
            kind: fc.constantFrom("with", "without", "toggle", "on", "off"),
        })
        fc.assert(
            fc.property(fc.array(operation), operations => {
                let flags = flags32(0)
                const model = new Set<number>()
                for (const { bits, kind } of operations) {
                    const flag = bitsOf(bits)
                    if (kind === "with") flags = withFlag(flags, flag)
                    if (kind === "without") flags = withoutFlag(flags, flag)
                    if (kind === "toggle") flags = toggleFlag(flags, flag)
                    if (kind === "on") flags = setFlag(flags, flag, true)
                    if (kind === "off") flags = setFlag(flags, flag, false)
                    for (const bit of new Set(bits)) {
                        const on = kind === "toggle" ? !model.has(bit) : /with$|on/.test(kind)
                        if (on) model.add(bit)
                        else model.delete(bit)
                    }
                    expect(flags).toBe(bitsOf(model))
                    expect(countFlags(flags)).toBe(model.size)
                    expect(hasFlag(flags, flag)).toBe(bits.every(bit => model.has(bit)))
                    expect(hasAnyFlag(flags, flag)).toBe(bits.some(bit => model.has(bit)))
                }
            }),
        )
    })

    test("the highest of 32 flags is a positive number like the others", () => {
        const flags = withFlag(flags32(0), 0x80000000)
        expect(flags).toBe(0x80000000)
        expect(hasFlag(flags, 0x80000000)).toBe(true)
        expect(countFlags(withoutFlag(flags32(0xffffffff), 0x80000000))).toBe(31)
    })

    test("a number too wide for its flags is refused", () => {
        expect(flags8(255)).toBe(255)
        expect(flags16(65535)).toBe(65535)
        expect(flags32(4294967295)).toBe(4294967295)
        expect(() => flags8(256)).toThrow(
            new RangeError("bits must be an integer from 0 to 255, got 256"),
        )
        expect(() => flags16(-1)).toThrow(RangeError)
        expect(() => flags16(65536)).toThrow(RangeError)
        expect(() => flags32(4294967296)).toThrow(RangeError)
        expect(() => flags32(0.5)).toThrow(RangeError)
        for (const flags of [flags8, flags16, flags32])
            expect(() => flags("1" as unknown as number)).toThrow(TypeError)
    })
})
