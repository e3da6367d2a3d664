import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
    checkCapacity,
    checkIndex,
    checkInteger,
    checkUint,
    failRange,
    MAX_BUFFER_BYTES,
} from "../../src/check"

/** Values of which about half are integers that fall into or just beside the ranges tried. */
const NEAR_SMALL_RANGES = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double())

describe("argument checks", () => {
    test("an integer inside its range passes, both ends included", () => {
        for (const value of [-3, 0, 7]) checkInteger("offset", value, -3, 7)
        checkUint("value", 0xffffffff, 0xffffffff)
    })

    test("the message names the argument, its range and what was given", () => {
        expect(() => checkUint("priority", 16, 15)).toThrow(
            new RangeError("priority must be an integer from 0 to 15, got 16"),
        )
        expect(() => checkIndex(5, 5)).toThrow(
            new RangeError("index must be an integer from 0 and below the length 5, got 5"),
        )
    })

    test("what is not a number is a TypeError", () => {
        for (const value of ["3", null, undefined, true, {}]) {
            expect(() => checkUint("value", value as number, 9)).toThrow(TypeError)
            expect(() => checkIndex(value as number, 9)).toThrow(TypeError)
            expect(() => failRange("value", value, 0, 9)).toThrow(TypeError)
        }
    })

    test("fractions, NaN and infinities are out of every range", () => {
        for (const value of [1.5, NaN, Infinity, -Infinity]) {
            expect(() => checkInteger("value", value, -9, 9)).toThrow(RangeError)
            expect(() => checkIndex(value, 9)).toThrow(RangeError)
        }
    })

    test("a capacity is bounded by one buffer of 57,332 bytes, header included", () => {
        checkCapacity(MAX_BUFFER_BYTES, 1)
        checkCapacity(MAX_BUFFER_BYTES * 8, 1 / 8)
        checkCapacity(19_108, 3, 8)
        expect(() => checkCapacity(19_109, 3, 8)).toThrow(/capacity .* from 1 to 19108, got 19109/)
        for (const capacity of [0, -1, 2.5]) {
            expect(() => checkCapacity(capacity, 1)).toThrow(RangeError)
        }
    })

    test("accepts exactly the integers of the range", () => {
        fc.assert(
            fc.property(
                NEAR_SMALL_RANGES,
                fc.integer({ min: -9, max: 9 }),
                fc.nat(9),
                (value, min, span) => {
                    const fits = Number.isInteger(value) && value >= min && value <= min + span
                    const check = () => checkInteger("value", value, min, min + span)
                    if (fits) check()
                    else expect(check).toThrow(RangeError)
                },
            ),
        )
    })
})
