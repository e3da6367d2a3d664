import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { flashSymbol, Interner as OnBoard } from "../../src/interner"
import { Interner as InNode } from "../../src/node/interner"

describe.each([
    ["the board", OnBoard],
    ["Node", InNode],
])("Interner for %s", (_, Interner) => {
    test("an interner numbers texts in the order of their first sight", () => {
        const texts = fc.array(fc.constantFrom("", "a", "b", "ab", "é", "日本", "dish", "Dish"))
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 9 }), texts, (capacity, given) => {
                const interner = new Interner(capacity)
                const model: string[] = []
                let [refused, hits, savedBytes] = [0, 0, 0]
                for (const text of given) {
                    expect(interner.find(text)).toBe(model.indexOf(text))
                    if (model.includes(text)) {
                        hits++
                        savedBytes += 9 + Buffer.byteLength(text)
                    }
                    if (!model.includes(text)) {
                        if (model.length < capacity) model.push(text)
                        else refused++
                    }
                    expect(interner.intern(text) ?? -1).toBe(model.indexOf(text))
                }
                model.forEach((text, symbol) => expect(interner.resolve(symbol)).toBe(text))
                expect(interner.stats()).toEqual({
                    capacity,
                    length: model.length,
                    highWaterMark: model.length,
                    refused,
                    total: given.length,
                    hits,
                    savedBytes,
                })
                expect(interner.dedupeRatio()).toBe(given.length === 0 ? 0 : hits / given.length)
                expect(interner.available()).toBe(capacity - model.length)
                expect(interner.isEmpty()).toBe(model.length === 0)
                expect(interner.isFull()).toBe(model.length === capacity)
            }),
        )
    })

    test("the brief's menu: 12 texts given, 4 kept", () => {
        const interner = new Interner(8)
        for (let i = 0; i < 3; i++)
            for (const kind of ["Appetizers", "Main Course", "Desserts", "Beverages"])
                interner.intern(kind)
        expect([interner.total, interner.length, interner.dedupeRatio()]).toEqual([12, 4, 2 / 3])
    })

    test("clear forgets the texts, not what was counted", () => {
        const interner = new Interner(1)
        interner.intern("a")
        interner.intern("b")
        interner.clear()
        expect([interner.find("a"), interner.intern("b"), interner.total]).toEqual([-1, 0, 3])
        expect(interner.refused).toBe(1)
    })

    test("wrong use names the argument and its range", () => {
        expect(() => new Interner(0)).toThrow("capacity must be an integer from 1 to 7166, got 0")
        expect(() => new Interner(7167)).toThrow(RangeError)
        const interner = new Interner(3)
        interner.intern("a")
        expect(() => interner.intern(5 as unknown as string)).toThrow(
            new TypeError("text must be a string, got 5"),
        )
        for (const symbol of [1, -1, 0.5])
            expect(() => interner.resolve(symbol)).toThrow("symbol must be an integer from 0 to 0")
    })
})

test("a symbol in flash is the place among the texts of one literal", () => {
    const words = fc.array(fc.stringMatching(/^[abc]{1,4}$/), { minLength: 1, maxLength: 8 })
    fc.assert(
        fc.property(words, fc.stringMatching(/^[abc]{0,4}$/), (texts, text) => {
            expect(flashSymbol(texts.join("|"), text)).toBe(text === "" ? -1 : texts.indexOf(text))
            expect(flashSymbol(texts.join(";"), texts[0] as string, ";")).toBe(0)
        }),
    )
})
