import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { KeptEdits, withEdits } from "../../../host/playground/kept-edits"

function storage() {
    const kept = new Map<string, string>()
    return {
        kept,
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, text: string) => void kept.set(key, text),
        removeItem: (key: string) => void kept.delete(key),
    }
}

const texts = fc.dictionary(fc.constantFrom("src/main.ts", "a.ts", "b.json"), fc.string())

describe("what was edited", () => {
    test("is there after a reload, of each program by itself", () => {
        fc.assert(
            fc.property(texts, texts, texts, (original, first, second) => {
                const place = storage()
                expect(new KeptEdits(place).keep("lesson/pool", first, original)).toBe(true)
                new KeptEdits(place).keep("", second, original)
                const again = new KeptEdits(place)
                expect(withEdits(original, again.of("lesson/pool"))).toEqual(first)
                expect(withEdits(original, again.of(""))).toEqual(second)
                again.forget("")
                expect(withEdits(original, again.of(""))).toEqual(original)
                expect(withEdits(original, again.of("lesson/pool"))).toEqual(first)
            }),
        )
    })

    test("is not kept where there is no room, and what is no edit is none", () => {
        const place = storage()
        expect(new KeptEdits(place).keep("", { a: "x".repeat(2_000_001) }, {})).toBe(false)
        expect(new KeptEdits(undefined).keep("", { a: "x" }, {})).toBe(false)
        new KeptEdits(place).keep("", { a: "x" }, {})
        const [key] = place.kept.keys()
        for (const damaged of ["{", "7", '{"":{"a":7}}', '{"":"text"}']) {
            place.kept.set(key!, damaged)
            expect(new KeptEdits(place).of("")).toEqual({})
        }
    })
})
