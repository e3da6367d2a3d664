import { expect, test } from "vitest"
import { nearest } from "../../../host/base/nearest"

test.each([
    ["pol", "pool"],
    ["interner", "interning"],
    ["god.ts", "good.ts"],
    ["nope", undefined],
    ["", undefined],
    ["memory", undefined],
])("%j means %j", (name, meant) => {
    expect(nearest(name, ["pool", "interning", "good.ts", "stack"])).toBe(meant)
})

test("of nothing nothing is meant", () => expect(nearest("pool", [])).toBeUndefined())
