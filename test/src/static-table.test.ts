import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { AT, U16, U8 } from "../../src/byte-fields"
import { hex } from "../../src/hex"
import { findRow, tableField, tableRows, textRow, textRows } from "../../src/static-table"

const PRICE = U16
const MINUTES = U8 + 2 * AT
const ROW_BYTES = 3
const DISHES = hex`c2 01 05  9a 06 14`

describe("static tables", () => {
    test("rows are read by field", () => {
        expect(tableRows(DISHES, ROW_BYTES)).toBe(2)
        expect(tableField(DISHES, ROW_BYTES, 0, PRICE)).toBe(450)
        expect(tableField(DISHES, ROW_BYTES, 1, PRICE)).toBe(1690)
        expect(tableField(DISHES, ROW_BYTES, 1, MINUTES)).toBe(20)
        expect(findRow(DISHES, ROW_BYTES, MINUTES, 20)).toBe(1)
        expect(findRow(DISHES, ROW_BYTES, MINUTES, 21)).toBe(-1)
    })

    test("a row that is not there is refused", () => {
        for (const row of [2, -1, 0.5, NaN])
            expect(() => tableField(DISHES, ROW_BYTES, row, PRICE)).toThrow(
                new RangeError(`row must be an integer from 0 to 1, got ${row}`),
            )
        expect(() => tableField(DISHES, ROW_BYTES, "0" as unknown as number, PRICE)).toThrow(
            TypeError,
        )
        expect(() => tableRows(DISHES, 4)).toThrow(/rowBytes 4, but has 6 bytes/)
    })

    test("a table reads like the array of objects it stands for", () => {
        const row = fc.record({ price: fc.nat(0xffff), minutes: fc.nat(0xff) })
        fc.assert(
            fc.property(fc.array(row), fc.nat(0xff), (rows, wanted) => {
                const table = Buffer.concat(
                    rows.map(({ price, minutes }) =>
                        Buffer.from([price & 0xff, price >> 8, minutes]),
                    ),
                )
                expect(tableRows(table, ROW_BYTES)).toBe(rows.length)
                rows.forEach(({ price, minutes }, index) => {
                    expect(tableField(table, ROW_BYTES, index, PRICE)).toBe(price)
                    expect(tableField(table, ROW_BYTES, index, MINUTES)).toBe(minutes)
                })
                expect(findRow(table, ROW_BYTES, MINUTES, wanted)).toBe(
                    rows.findIndex(({ minutes }) => minutes === wanted),
                )
            }),
        )
    })

    test("texts in one string read like the array it stands for", () => {
        const text = fc.string().map(string => string.replaceAll("|", ""))
        fc.assert(
            fc.property(fc.array(text, { minLength: 1 }), texts => {
                const all = texts.join("|")
                expect(textRows(all)).toBe(texts.length)
                expect(texts.map((_, index) => textRow(all, index))).toEqual(texts)
                for (const row of [texts.length, -1, 0.5])
                    expect(() => textRow(all, row)).toThrow(RangeError)
            }),
        )
    })

    test("texts with a separator of one's own", () => {
        expect(textRow("Soup|of|the day;Bread", 0, ";")).toBe("Soup|of|the day")
        expect(textRows(";;", ";")).toBe(3)
    })
})
