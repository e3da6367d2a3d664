import { expect, test } from "vitest"
import { layoutReport } from "../../../../host/analysis/layout/layout-report"
import { loadCompiler } from "../../../../host/compiler/node/load-compiler"
import { readTypes } from "../../../../host/compiler/schema/read-types"
import { RandomTypes } from "./random-types"

const { typescript } = loadCompiler().compiler

function reportOf(text: string, align?: number) {
    const { types } = readTypes(typescript, text, "order.ts")
    const boards = [{ id: "pico", heapBytes: 65_536, capacityBytes: 65_524 }]
    return layoutReport(types, { file: "order.ts", counts: [1, 100, 1000], align, boards })
}

// The structs of the text on memory optimization that this project began with, f64 in place of u64.
test("the order in a bad order and in a good one: with C's rules and Rust's both are 24 bytes", () => {
    const [bad, good] = reportOf(`
        interface InefficientOrder {
            isUrgent: bool; priority: u8; orderId: f64; customerId: u32; table: u16; isTakeout: bool
        }
        interface EfficientOrder {
            orderId: f64; customerId: u32; table: u16; priority: u8; isUrgent: bool; isTakeout: bool
        }`).types
    expect([bad!.declared.bytes, bad!.reordered.bytes, bad!.packed.bytes]).toEqual([24, 24, 17])
    // 17 bytes are three times 8 with any order: the saving that is printed there is 0.
    expect([good!.declared.bytes, good!.reordered.bytes, good!.packed.bytes]).toEqual([24, 24, 17])
    expect(bad!.declared.holes).toEqual([
        { at: 2, bytes: 6 },
        { at: 23, bytes: 1 },
    ])
})

test("C's rules, packed, and aligned to a cache line", () => {
    const [c, packed, line] = reportOf(
        `interface CCompatibleOrder { orderId: f64; customerId: u32; status: u8; flags: u8 }
        interface PackedOrder { orderId: f64; customerId: u32; table: u16; status: u8; isUrgent: bool }
        interface CacheAlignedOrder { orderId: f64; customerId: u32; data: array<u8, 52> }`,
        64,
    ).types
    expect(c!.declared.bytes).toBe(16)
    expect(packed!.packed.bytes).toBe(16)
    expect(line!.aligned).toMatchObject({ bytes: 64, alignment: 64, paddingBytes: 0 })
})

test("an enum with data: boxing the text changes nothing where the largest variant is another", () => {
    const status = (reason: string) => `
        type Status =
            | { kind: "pending"; eta: u32 }
            | { kind: "progress"; chef: u32; start: f64 }
            | { kind: "completed"; time: f64; rating: u8 }
            | { kind: "cancelled"; reason: ${reason} }`
    // As Rust has them for 32 bits: a String is 12 bytes, a box of one 4; both beside a tag in 16.
    expect(reportOf(status("string")).types[0]!.reordered.bytes).toBe(16)
    expect(reportOf(status("array<u32, 3>")).types[0]!.reordered.bytes).toBe(16)
    expect(reportOf(status("string")).types[0]!.declared.bytes).toBe(24)
    // 64 bytes in it are in every one of them.
    expect(reportOf(status("text<64>")).types[0]!.reordered.bytes).toBe(72)
})

test("what has one value takes nothing, as types of size zero do", () => {
    const [type] = reportOf('interface Typed { id: f64; kind: "order" }').types
    expect([type!.declared.bytes, type!.bitPacked]).toMatchObject([8, { bits: 64 }])
})

test("largest first, an order without holes", () => {
    const [type] = reportOf("interface Efficient { a: u8; b: f64; c: u16; d: u32 }").types
    expect([type!.declared.bytes, type!.better!.bytes]).toEqual([24, 16])
    expect(type!.better!.declaration).toBe(
        "interface Efficient {\n    b: f64\n    d: u32\n    c: u16\n    a: u8\n}",
    )
})

test("a value that a field never is says that it is missing, or which variant it is", () => {
    const sizes = (text: string) => {
        const type = reportOf(text).types.at(-1)!
        return [type.declared.bytes, type.reordered.bytes]
    }
    expect(sizes("interface A { a?: bool }")).toEqual([2, 1])
    expect(sizes("interface A { a?: u8 }")).toEqual([2, 2])
    expect(sizes("interface A { a?: u32 }")).toEqual([8, 8])
    expect(sizes('interface A { a?: "x" | "y" }')).toEqual([2, 1])
    expect(sizes("interface B { a: u32; b: bool }\ninterface A { a?: B }")).toEqual([12, 8])
    expect(sizes("type A = { k: 1; a: u32; b: bool } | { k: 2; c: u16 }")).toEqual([12, 8])
    expect(sizes("type A = { k: 1; a: u32 } | { k: 2 }")).toEqual([8, 8])
})

test("any record: what is read back of it is the same record, and no layout loses a bit", () => {
    const random = new RandomTypes(Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1))
    for (let i = 0; i < 200; i++) {
        const [type] = reportOf(`interface A ${random.record().written}`).types
        const { declared, reordered, packed, bitPacked, better } = type!
        expect(packed.paddingBytes).toBe(0)
        expect(packed.bytes).toBeLessThanOrEqual(better!.bytes)
        expect(better!.bytes).toBeLessThanOrEqual(declared.bytes)
        expect(reordered.bytes).toBeLessThanOrEqual(better!.bytes)
        if ("bytes" in bitPacked) expect(bitPacked.bytes).toBeLessThanOrEqual(packed.bytes)
        for (const { bytes, alignment, holes, fields, paddingBytes } of [declared, reordered]) {
            expect(bytes % alignment).toBe(0)
            expect(holes.reduce((sum, hole) => sum + hole.bytes, 0)).toBe(paddingBytes)
            for (const { at, bytes: own, alignment: wanted } of fields) {
                expect(at % wanted).toBe(0)
                expect(at + own).toBeLessThanOrEqual(bytes)
            }
        }
    }
})

test("what fits into a heap takes no more than there is, and one more would", () => {
    const { types } = reportOf("interface Order { id: u24; table: u8; paid: bool }")
    const records = types[0]!.ways.find(({ name }) => name === "records")!
    // A buffer of 57,332 bytes, and what is left for a second.
    expect(records.fits).toEqual([{ heapBytes: 65_536, count: 11_466 + 1633 }])
    expect(records.takes).toEqual([
        { count: 1, bytes: 20 },
        { count: 100, bytes: 512 },
        { count: 1000, bytes: 5012 },
    ])
})
