import * as fc from "fast-check"
import { expect, test } from "vitest"
import { Interner } from "../../src/interner"
import {
    symbolCapacity,
    symbolCount,
    symbolDedupeRatio,
    symbolFind,
    symbolForEach,
    symbolIntern,
    symbolStats,
    symbolTable,
    symbolText,
    SYMBOL_START,
} from "../../src/symbol-table"

test("a symbol table does what an interner does", () => {
    fc.assert(
        fc.property(
            fc.integer({ min: 1, max: 6 }),
            fc.array(fc.constantFrom("", "Soup", "Café", "Bread", "0", "a", "b", "c")),
            (capacity, texts) => {
                const [table, model] = [symbolTable(capacity), new Interner(capacity)]
                for (const text of texts) {
                    expect(symbolIntern(table, text)).toBe(model.intern(text))
                    expect(symbolFind(table, text)).toBe(model.find(text))
                }
                expect(symbolStats(table)).toEqual(model.stats())
                expect(symbolCount(table)).toBe(model.length)
                expect(symbolCapacity(table)).toBe(capacity)
                expect(symbolDedupeRatio(table)).toBe(model.dedupeRatio())
                symbolForEach(table, (text, symbol) => {
                    expect(text).toBe(model.resolve(symbol))
                    expect(symbolText(table, symbol)).toBe(text)
                    expect(table[SYMBOL_START + symbol]).toBe(text)
                })
            },
        ),
    )
})
