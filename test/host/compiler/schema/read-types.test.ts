import { expect, test } from "vitest"
import { loadCompiler } from "../../../../host/compiler/node/load-compiler"
import { readTypes } from "../../../../host/compiler/schema/read-types"

const { typescript } = loadCompiler().compiler

function read(text: string, only?: string) {
    return readTypes(typescript, text, "order.ts", only).types
}

/** The types of a record's fields. */
function typesOf(fields: string, before = "") {
    const [type] = read(`${before}interface Order { ${fields} }`, "Order")
    if (type?.kind !== "record") throw new Error("no record")
    return type.fields.map(field => field.type)
}

test.each([
    ["a: u24", { kind: "integer", bytes: 3, signed: false }],
    ["a: i8", { kind: "integer", bytes: 1, signed: true }],
    ["a: f32", { kind: "float", bytes: 4 }],
    ["a: number", { kind: "float", bytes: 8 }],
    ["a: bool", { kind: "bool" }],
    ["a: boolean", { kind: "bool" }],
    ["a: string", { kind: "string" }],
    ["a: bits<5>", { kind: "bits", bits: 5 }],
    ["a: text<16>", { kind: "text", bytes: 16 }],
    ['a: "x" | "y" | "x"', { kind: "enum", values: ["x", "y"] }],
    ["a: -1 | 2", { kind: "enum", values: [-1, 2] }],
    ["a?: bool", { kind: "optional", of: { kind: "bool" } }],
    ["a: bool | undefined", { kind: "optional", of: { kind: "bool" } }],
    ["a?: bool | null", { kind: "optional", of: { kind: "bool" } }],
    ["a: (bool)", { kind: "bool" }],
    ["'a b': array<bool, 4>", { kind: "array", of: { kind: "bool" }, length: 4 }],
])("%s", (field, type) => {
    expect(typesOf(field)).toEqual([type])
})

test("enums, other records and unions of the file are known by their names", () => {
    const before = `enum Dish { Soup, Bread = 7, Tea }
        type Place = { x: u8 }
        type Status = { kind: "open"; eta: u16 } | { kind: "done" }
        interface Base { id: u24 }
        `
    const types = typesOf("dish: Dish; place: Place; status: Status", before)
    expect(types).toMatchObject([
        { kind: "enum", names: ["Soup", "Bread", "Tea"], values: [0, 7, 8] },
        { kind: "record", name: "Place", fields: [{ name: "x" }] },
        {
            ...{ kind: "union", tag: "kind" },
            variants: [
                { label: "open", record: { fields: [{ name: "eta" }] } },
                { label: "done", record: { fields: [] } },
            ],
        },
    ])
    const [own] = read(`${before}interface Own extends Base { /** How many. */ n: u8 }`, "Own")
    expect(own).toMatchObject({ fields: [{ name: "id" }, { name: "n", note: "How many." }] })
})

test("what else is in a file does not matter", () => {
    const text = `import { u8 } from "heapscope"
        export const A = 1
        export class B<T> { m(): void {} }
        export type Id = u8
        export interface Order { id: Id }`
    expect(read(text).map(({ name }) => name)).toEqual(["Order"])
})

test.each([
    ["interface A {\n a: u12 }", "order.ts:2: there is no type u12: did you mean u16?"],
    [
        "interface A { a: uint16_t }",
        "order.ts:1: uint16_t is no type of a field: take u16 instead.",
    ],
    ["interface A { a: tekst<4> }", "order.ts:1: there is no type tekst: did you mean text<16>?"],
    ["interface A { a: bits<33> }", "order.ts:1: bits<33>: a field of bits has 1 to 32 of them."],
    ["interface A { a: bits }", "order.ts:1: bits: bits is written as bits<5>."],
    ["interface A { a: text<0> }", "order.ts:1: text<0>: text is written as text<16>."],
    [
        "interface A { a: text<99999> }",
        "order.ts:1: text<99999>: a record has at most 57,332 bytes.",
    ],
    ["interface A { a: array<u8> }", "order.ts:1: array is written as array<u8, 4>."],
    ["interface A { a: u8[] }", "order.ts:1: u8[] has no length: write array<u8, 4> for four."],
    ["interface A { a: u8<3> }", "order.ts:1: u8 takes nothing between angle brackets."],
    ["interface A { a }", "order.ts:1: a has no type: write a: u8, or another."],
    [
        "interface A { m(): void }",
        "order.ts:1: m(): void is a method: a record has nothing but fields. Write a function beside it.",
    ],
    [
        "interface A { [n: string]: u8 }",
        "order.ts:1: [n: string]: u8 is no field: a record has nothing but fields. Write a function beside it.",
    ],
    [
        "interface A { a: A }",
        "order.ts:1: A has itself in it (A > A): a record has a size. Keep an index instead, as u16.",
    ],
    [
        "interface A { b: B }\ntype B = { a: A }",
        "order.ts:2: A has itself in it (A > B > A): a record has a size. Keep an index instead, as u16.",
    ],
    [
        "interface A<T> { a: T }",
        "order.ts:1: A has type parameters: a record's fields are known by their types.",
    ],
    [
        "interface A extends Other { a: u8 }",
        "order.ts:1: A extends Other, which is no record of this file.",
    ],
    ["interface A { a: u8; a: u16 }", "order.ts:1: A has two fields a."],
    [
        "type A = { a: u8 } | { b: u8 }",
        'order.ts:1: no field tells the variants of A apart: give each one of its own, as kind: "open".',
    ],
    [
        "type A = { a: u8 } | u8",
        "order.ts:1: u8 is no record: a union is of records, or of texts and numbers alone.",
    ],
    [
        "interface A { a: () => void }",
        /^order\.ts:1: \(\) => void is no type of a field: there are u8, .*, and number, string, boolean\.$/,
    ],
    ["interface A { a: ", "order.ts:1: Type expected."],
    ["const a = 1", /^order\.ts declares no record: /],
])("%s is refused", (text, message) => {
    expect(() => read(text)).toThrow(message)
})

test("what is larger than any buffer, or than any computer, is refused at once", () => {
    const wide = "interface A { a: array<array<array<u32, 50000>, 50000>, 50000> }"
    expect(() => read(wide)).toThrow("order.ts:1: A is larger than 57,332 bytes, the most that a")
    const deep = Array.from(
        { length: 60 },
        (_, i) => `interface A${i} { a: A${i + 1}; b: A${i + 1} }`,
    )
    expect(() => read([...deep, 'interface A60 { k: "one" }'].join("\n"))).toThrow(
        /^order\.ts:\d+: A\d+ is larger than 57,332 bytes/,
    )
})

test("a type that is not there is named, with what is near", () => {
    expect(() => read("interface Order { a: u8 }", "Odrer")).toThrow(
        "order.ts declares no type Odrer: did you mean Order?",
    )
    expect(() => read("type Id = u8", "Id")).toThrow(
        "order.ts:1: Id is no record: it has no fields.",
    )
})
