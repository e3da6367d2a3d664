import fc from "fast-check"
import { expect, test } from "vitest"
import { toJson } from "../../../host/base/json"

const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029\p{Surrogate}]/u

test("nothing that moves, hides or reorders gets through, and it is the same value", () => {
    fc.assert(
        fc.property(fc.jsonValue({ stringUnit: "binary" }), value => {
            for (const indent of [undefined, 2]) {
                const json = toJson(value, indent)
                expect(json).not.toMatch(UNSAFE)
                expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)))
            }
        }),
    )
})

test("characters of two units are escaped as two", () => {
    expect(toJson(["\u009b31m", "\u202eevil", "\u{e0041}"])).toBe(
        '["\\u009b31m","\\u202eevil","\\udb40\\udc41"]',
    )
})
