import { expect, test } from "vitest"
import { SeededRandom } from "../../host/base/seeded-random"
import { UserError } from "../../host/base/errors"
import { loadCompiler } from "../../host/compiler/node/load-compiler"
import { generateRecords } from "../../host/compiler/generate/records/generate-records"
import type { RecordField, RecordLayout } from "../../host/compiler/generate/records/record-fields"
import type { NamedRecord } from "../../host/compiler/generate/records/accessors"
import { readTypes } from "../../host/compiler/schema/read-types"
import type { MemoryEvent } from "../../host/model/events"
import { SimulatedBoard } from "../../host/simulator/simulated-board"
import { RandomTypes } from "../host/analysis/layout/random-types"
import { buildFiles, importHostCode, type HostCode } from "./generated"
import { vm } from "./harness"

/** Values that go through the VM and through Node. */
const VALUES = Number(process.env.HEAPSCOPE_GENERATED ?? 400)
const SHAPES_OF_A_PROGRAM = 12
const RECORDS_OF_A_SHAPE = 6
/** Of C's no more than where fields begin is another than of what is packed. */
const LAYOUTS: readonly RecordLayout[] =
    VALUES > 1000 ? ["packed", "bits", "c"] : ["packed", "bits"]

const typescript = loadCompiler().compiler.typescript

/** Records with fields of every kind, then random ones. */
const ALL_KINDS = [
    "{ a: u8; b: u16; c: u24; d: u32; e: i8; f: i16; g: i24; h: i32; i: f32; j: f64; k: bool; l: text<7> }",
    "{ only: u24 }",
    "{ only: i24 }",
    "{ a: bits<3>; b: i24; c: bits<31>; d: bool; e: u32; f: i8; g: bits<12>; h: i32 }",
    "{ a: bits<5>; b: bits<17> }",
    '{ kind: "a" | "b" | "c"; n: 1 | 2 | 3; m: -1 | 5; maybe?: "x" | "y" | "z"; bool?: bool; t: u16 }',
    "{ flags: array<bool, 12>; two: array<bits<2>, 5>; four: array<bits<4>, 3>; many: array<i24, 3> }",
    '{ how: { is: "cash"; given: u16 } | { is: "card"; last: array<u8, 2> } | { is: "free" }; if?: { x: u8 } }',
    "{ grid: array<array<u16, 2>, 3>; at: array<{ x: i16; y: u24 }, 2> }",
]

interface Shape {
    record: NamedRecord
    board: string
    node: HostCode
    written: string
}

/** Shapes in all layouts in which they can be; of the first ones, no place may be refused as packed. */
async function shapesFor(declarations: readonly string[], from: number): Promise<Shape[]> {
    const shapes: Shape[] = []
    for (const [i, written] of declarations.entries())
        for (const layout of LAYOUTS) {
            const name = `S${from + i}${layout}`
            const { types } = readTypes(typescript, `interface ${name} ${written}`, "s.ts")
            try {
                const { records, board, host } = generateRecords([types[0]!], layout, "s.ts")
                const node = await importHostCode(host)
                shapes.push({ record: records[0]!, board, node, written: `${layout} ${written}` })
            } catch (error) {
                if (!(error instanceof UserError) || layout !== "bits") throw error
            }
        }
    return shapes
}

/** The places of an array's elements. */
function indexesOf({ arrays }: RecordField): number[][] {
    return arrays.reduce<number[][]>(
        (all, { length }) =>
            all.flatMap(one => Array.from({ length }, (_, index) => [...one, index])),
        [[]],
    )
}

/** A value that a field can hold; the least and the most more often than others. */
function randomValue({ type, bits, presence }: RecordField, random: SeededRandom): unknown {
    const below = (count: number) => Math.floor(random.fraction() * count)
    if (presence && below(4) === 0) return undefined
    switch (type.kind) {
        case "bool":
            return below(2) === 1
        case "enum":
            return type.values[below(type.values.length)]
        case "float":
            return bits === 32
                ? Math.fround((random.fraction() - 0.5) * 1e6)
                : random.fraction() - 1
        case "text":
            return Array.from(
                { length: below(type.bytes + 3) },
                () => ["a", "Z", "-", "é", "€", "😀"][below(6)],
            ).join("")
        default: {
            const least = type.kind === "integer" && type.signed ? -(2 ** (bits - 1)) : 0
            const count = 2 ** bits
            return least + [0, count - 1, below(count), below(count)][below(4)]!
        }
    }
}

/** What the board prints of a value: the bytes of a number, anything else as text. */
function shown(value: unknown): string {
    if (typeof value !== "number") return `${value as string}`
    const bytes = new Uint8Array(new Float64Array([value]).buffer)
    return hexOf(bytes)
}

function hexOf(bytes: Uint8Array): string {
    return [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("")
}

test(
    "the board reads what Node wrote, and writes the same bytes",
    { timeout: 600_000 },
    async () => {
        const seed = Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1)
        const random = new SeededRandom(seed)
        const types = new RandomTypes(seed)
        let values = 0
        for (let shapes = 0; values < VALUES; shapes += SHAPES_OF_A_PROGRAM) {
            const declarations =
                shapes === 0
                    ? ALL_KINDS
                    : Array.from({ length: SHAPES_OF_A_PROGRAM }, () =>
                          types.record().written.replaceAll("number", "f64"),
                      )
            values += await compareShapes(await shapesFor(declarations, shapes), random)
        }
        expect(values).toBeGreaterThanOrEqual(VALUES)
    },
)

async function compareShapes(shapes: readonly Shape[], random: SeededRandom): Promise<number> {
    let values = 0
    const expected: string[] = []
    const parts = shapes.map(({ record, node, board }, n) => {
        const { bytes } = record.placed
        const all = new Uint8Array(bytes * RECORDS_OF_A_SHAPE)
        const view = new DataView(all.buffer)
        for (let at = 0; at < all.length; at += bytes) {
            const told: string[] = []
            for (const { field, set } of record.accessors)
                for (const indexes of indexesOf(field)) {
                    node[set]!(view, at, ...indexes, randomValue(field, random))
                    values++
                }
            // Variants share bytes: what is there is known when all is written.
            for (const { field, get } of record.accessors)
                for (const indexes of indexesOf(field))
                    told.push(shown(node[get]!(view, at, ...indexes)))
            expected.push(told.map(text => `${text}|`).join(""))
        }
        // Of variants, what was written last is there; codes that say nothing go another way.
        const isUnion = /"is"|kind: "k/.test(shapes[n]!.written)
        const lines = record.accessors.flatMap(({ field, get, set }) =>
            indexesOf(field).flatMap(indexes => {
                const place = indexes.map(index => `, ${index}`).join("")
                return [
                    `    tell(${get}(from, at${place}))`,
                    ...(isUnion ? [] : [`    ${set}(to, 0${place}, ${get}(from, at${place}))`]),
                ]
            }),
        )
        const copied = isUnion ? '""' : "to.toString('hex')"
        for (let i = 0; i < RECORDS_OF_A_SHAPE; i++) {
            const place = expected.length - RECORDS_OF_A_SHAPE + i
            expected[place] += isUnion ? " " : ` ${hexOf(all.slice(i * bytes, (i + 1) * bytes))}`
        }
        return `${board}
async function shape${n}() {
    const from = hex\`${hexOf(all)}\`
    for (let at = 0; at < from.length; at += ${bytes}) {
        const to = Buffer.alloc(${bytes})
        ${lines.join("\n    ")}
        told += " " + ${copied} + "#"
        flush()
        await delay(1)
    }
}
`
    })
    const texts = parts.filter(part => part.includes("function writeText")).length
    const source = `import { delay } from "@devicescript/core"
let told = ""
const eight = Buffer.alloc(8)
function tell(value: any): void {
    let text = "" + value
    if (typeof value === "number") {
        eight.setAt(0, "f64", value)
        text = eight.toString("hex")
    }
    told += text + "|"
    flush()
}
// A line of the log has a limit.
function flush(): void {
    while (told.length > 120) {
        console.log("= " + told.slice(0, 120))
        told = told.slice(120)
    }
}
${parts.join("\n").replaceAll(/\n\/\*\* Writes a text's[^]*?\n}\n/g, text => (texts > 1 ? "" : text))}
${texts > 1 ? /\n\/\*\* Writes a text's[^]*?\n}\n/.exec(parts.join("\n"))![0] : ""}
${shapes.map((_, n) => `await shape${n}()`).join("\n")}
console.log("= " + told)
console.log("end")
`
    const { bytecode } = await buildFiles({ "main.ts": source })
    const printed: string[] = []
    const onEvent = (event: MemoryEvent) => {
        if (event.kind === "log" && event.level === "log") printed.push(event.text)
    }
    const board = new SimulatedBoard(vm, { heapBytes: 65_536, seed: 1, onEvent })
    board.load(bytecode)
    board.runUntil(600_000, () => printed.at(-1) === "end")
    expect(board.death).toBeUndefined()
    const lines = printed
        .filter(line => line.startsWith("= "))
        .map(line => line.slice(2))
        .join("")
        .split("#")
    expect(printed.at(-1)).toBe("end")
    for (const [i, line] of expected.entries())
        expect(lines[i], shapes[Math.floor(i / RECORDS_OF_A_SHAPE)]!.written).toBe(line)
    return values
}
