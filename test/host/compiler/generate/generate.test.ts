import { describe, expect, test } from "vitest"
import { place } from "../../../../host/analysis/layout/place-fields"
import { generateRecords } from "../../../../host/compiler/generate/records/generate-records"
import {
    placeRecord,
    type RecordLayout,
} from "../../../../host/compiler/generate/records/record-fields"
import { generateTable } from "../../../../host/compiler/generate/tables/generate-table"
import { loadCompiler } from "../../../../host/compiler/node/load-compiler"
import { readTypes } from "../../../../host/compiler/schema/read-types"
import { RandomTypes } from "../../analysis/layout/random-types"

const { typescript } = loadCompiler().compiler

function recordOf(text: string, layout: RecordLayout = "packed") {
    return generateRecords(readTypes(typescript, text, "order.ts").types, layout, "order.ts")
}

function tableOf(text: string, file: string, more: { name?: string; keys?: string[] } = {}) {
    return generateTable(typescript, { text, file, ...more })
}

describe("records", () => {
    test("have their fields where layout shows them", () => {
        const random = new RandomTypes(3)
        for (let i = 0; i < 100; i++) {
            const written = random.record().written
            const text = `interface A ${written.replaceAll("string", "text<4>")}`
            const [type] = readTypes(typescript, text, "a.ts").types
            for (const layout of ["packed", "c"] as const) {
                const { bytes, fields } = placeRecord(type!, layout, "a.ts")
                const laid = place(type!, { order: "declared", packed: layout === "packed" })
                expect(bytes).toBe(laid.bytes)
                // Of an array layout shows the whole; its elements' fields are in it.
                const shown = new Set(laid.parts.map(({ at }) => at))
                for (const field of fields)
                    if (field.arrays.length === 0) expect(shown, text).toContain(field.bit / 8)
            }
        }
    })

    test("say in their comments what the schema says", () => {
        const { board, host } = recordOf(
            "interface Order { /** Unique in a day. */ id: u24; paid: bool }",
        )
        for (const code of [board, host])
            expect(code).toContain("/** Unique in a day. u24, byte 0. */\nexport function orderId(")
    })

    test("come out the same again", () => {
        const text = "interface A { a: text<3>; b?: bits<5> }"
        expect(recordOf(text)).toEqual(recordOf(text))
    })

    test.each([
        ["interface A { a: string }", "order.ts:1: A.a is a text of any length"],
        [
            "interface A { aB: u8; a: { b: u8 } }",
            "order.ts:1: A.a.b would be aAB, as order.ts:1: A.aB",
        ],
    ])("%s is refused", (text, message) => {
        expect(() => recordOf(text)).toThrow(message)
    })

    test.each([
        ["interface A { a: bool; b: f32 }", "b: f32 begins in the middle of a byte"],
        ["interface A { a: array<bits<5>, 3> }", "has elements that end in the middle of a byte"],
    ])("%s is refused bit after bit", (text, message) => {
        expect(() => recordOf(text, "bits")).toThrow(message)
        expect(() => recordOf(text)).not.toThrow()
    })
})

describe("tables", () => {
    const rows = [
        { name: "Soup, hot", price: 4.5, vegan: true },
        { name: 'Roast "beef"', price: 16.9, vegan: false },
    ]

    test("are the same of JSON, CSV and a constant", () => {
        const csv = 'name,price,vegan\r\n"Soup, hot",4.50,true\r\n"Roast ""beef""",16.90,false\r\n'
        const constant = `export const menu = ${JSON.stringify(rows)} as const satisfies unknown`
        const json = tableOf(JSON.stringify(rows), "menu.json")
        expect(tableOf(csv, "menu.csv").board).toBe(json.board)
        expect(tableOf(csv.replaceAll(",", ";").replace("p;", "p,"), "menu.csv").board).toBe(
            json.board,
        )
        expect(tableOf(constant, "dishes.ts").board).toBe(json.board)
        expect(json.board).toContain("export function menuPrice(row: number): number")
    })

    test("of an object have its names as a column", () => {
        const { board } = tableOf(
            '{ "soup": { "price": 1 }, "roast": { "price": 3 } }',
            "menu.json",
        )
        expect(board).toContain("export function findMenuByKey(value: string): number")
    })

    test.each([
        ["a,b\n1,2\n3\n", "menu.csv:3: 1 value where the first line names 2"],
        ["a,a\n1,2\n", "menu.csv:1: there are two columns a"],
        ["a,\n1,2\n", "menu.csv:1: column 2 has no name"],
        ['a\n"1\n', "menu.csv:2: a quote that does not end"],
        ["a\n", "menu has no rows"],
        ["", "is empty"],
    ])("CSV %j is refused", (text, message) => {
        expect(() => tableOf(text, "menu.csv")).toThrow(message)
    })

    test.each([
        ['[\n{ "a": 1 },\n{ "a": "x" }]', "menu.json:3: a is a string here and a number in line 2"],
        ['[{ "a": 1 },\n{ "b": 1 }]', "menu.json:2: this row has no a"],
        ['[{ "a": null }]', "menu.json:1: a table has texts, numbers, true and false"],
        ["[1]", "menu.json:1: a row is an object"],
        ["7", "menu.json:1: a table is an array of objects"],
        ["[", "menu.json:"],
        ["[".repeat(100_000), "nested too deeply"],
    ])("JSON %.20s is refused", (text, message) => {
        expect(() => tableOf(text, "menu.json")).toThrow(message)
    })

    test("a key is a column whose values are all different", () => {
        const csv = "name,price\nSoup,4\nRoast,4\n"
        expect(() => tableOf(csv, "menu.csv", { keys: ["nam"] })).toThrow("did you mean name?")
        expect(() => tableOf(csv, "menu.csv", { keys: ["price"] })).toThrow(
            "menu.csv:3: price 4 is in line 2 already",
        )
    })

    test("rows are found by what takes least flash", () => {
        const by = (keys: number[]) =>
            tableOf(`key\n${keys.join("\n")}\n`, "t.csv").named.columns[0]!.lookup!.by
        expect(by([10, 20, 30, 40])).toBe("arithmetic")
        expect(by([17, 4, 900, 23, 77])).toBe("hash")
        expect(by(Array.from({ length: 300 }, (_, i) => (i * 7919) % 100_003))).toBe("search")
    })
})
