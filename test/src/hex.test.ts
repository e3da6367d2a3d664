import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { hex } from "../../src/hex"

describe("hex", () => {
    test("takes digits of either case, spaces and comments", () => {
        expect(hex`
            00 fF // a comment with de ad
            1234
            //
        `).toEqual(Buffer.from([0x00, 0xff, 0x12, 0x34]))
        expect(hex``).toEqual(Buffer.alloc(0))
        expect(hex`01 // the end`).toEqual(Buffer.from([1]))
    })

    test("gives back any bytes", () => {
        fc.assert(
            fc.property(fc.uint8Array(), bytes => {
                const text = Buffer.from(bytes).toString("hex")
                expect(hex([text])).toEqual(Buffer.from(bytes))
            }),
        )
    })

    test("refuses what the compiler for the board refuses", () => {
        expect(() => hex`0`).toThrow(new RangeError("hex must have an even number of digits"))
        expect(() => hex`0x`).toThrow(new RangeError("invalid character in hex: x"))
        expect(() => hex`00 / 11`).toThrow(RangeError)
    })
})
