import { expect, test } from "vitest"
import { sizeReport } from "../../host/analysis/size/size-parts"
import { generateRecords } from "../../host/compiler/generate/records/generate-records"
import { loadCompiler } from "../../host/compiler/node/load-compiler"
import { readTypes } from "../../host/compiler/schema/read-types"
import { operationCosts } from "../../host/tasks/structures/operation-costs"
import { buildFiles } from "./generated"
import { fromRoot, vm } from "./harness"

const PACKED =
    'interface Dish { id: u24; price: u16; steps: u8; late: i24; far: f32; vegan: bool; name: text<8>; course: "a" | "b" | "c"; parts: array<u16, 3>; left?: u8 }'
const BITS =
    "interface Order { id: bits<12>; priority: bits<4>; table: bits<5>; paid: bool; rest: bits<18> }"

/**
 * The same by hand: of each function its parameters behind the buffer and the place, and its body as one
 * writes it who counts instructions. Of bits, too, a value that is too large must not change others.
 */
const BY_HAND: Record<string, [parameters: string, type: string, body: string, given: string]> = {
    dishId: ["", "number", 'return bytes.getAt(at, "u16") | (bytes[at + 2] << 16)', ""],
    setDishId: [
        ", value: number",
        "void",
        'bytes.setAt(at, "u16", value & 0xffff); bytes[at + 2] = value >> 16',
        ", 70000",
    ],
    dishPrice: ["", "number", 'return bytes.getAt(at + 3, "u16")', ""],
    setDishPrice: [", value: number", "void", 'bytes.setAt(at + 3, "u16", value)', ", 650"],
    dishSteps: ["", "number", "return bytes[at + 5]", ""],
    setDishSteps: [", value: number", "void", "bytes[at + 5] = value", ", 8"],
    dishLate: [
        "",
        "number",
        'return (bytes.getAt(at + 6, "u16") | (bytes[at + 8] << 16)) << 8 >> 8',
        "",
    ],
    dishFar: ["", "number", 'return bytes.getAt(at + 9, "f32")', ""],
    setDishFar: [", value: number", "void", 'bytes.setAt(at + 9, "f32", value)', ", 0.5"],
    dishVegan: ["", "boolean", "return bytes[at + 13] !== 0", ""],
    setDishVegan: [", value: boolean", "void", "bytes[at + 13] = value ? 1 : 0", ", true"],
    dishName: [
        "",
        "string",
        'let end = bytes.indexOf(0, at + 14, at + 22); if (end < 0) end = at + 22; return bytes.slice(at + 14, end).toString("utf-8")',
        "",
    ],
    dishCourse: [
        "",
        "string",
        'switch (bytes[at + 22]) { case 1: return "b"; case 2: return "c"; default: return "a" }',
        "",
    ],
    dishParts: [", i: number", "number", 'return bytes.getAt(at + 23 + 2 * i, "u16")', ", 2"],
    setDishParts: [
        ", i: number, value: number",
        "void",
        'bytes.setAt(at + 23 + 2 * i, "u16", value)',
        ", 2, 7",
    ],
    dishLeft: [
        "",
        "number",
        "if (bytes[at + 29] === 0) return undefined; return bytes[at + 30]",
        "",
    ],
    orderId: ["", "number", 'return bytes.getAt(at, "u16") & 0xfff', ""],
    setOrderId: [
        ", value: number",
        "void",
        'bytes.setAt(at, "u16", (bytes.getAt(at, "u16") & 0xf000) | (value & 0xfff))',
        ", 99",
    ],
    orderPriority: ["", "number", "return bytes[at + 1] >> 4", ""],
    setOrderPriority: [
        ", value: number",
        "void",
        "bytes[at + 1] = (bytes[at + 1] & 0xf) | ((value & 0xf) << 4)",
        ", 3",
    ],
    orderTable: ["", "number", "return bytes[at + 2] & 31", ""],
    setOrderTable: [
        ", value: number",
        "void",
        "bytes[at + 2] = (bytes[at + 2] & 0xe0) | (value & 31)",
        ", 7",
    ],
    orderPaid: ["", "boolean", "return (bytes[at + 2] & 0x20) !== 0", ""],
    setOrderPaid: [
        ", value: boolean",
        "void",
        "let byte = bytes[at + 2] & 0xdf; if (value) byte |= 0x20; bytes[at + 2] = byte",
        ", true",
    ],
    orderRest: ["", "number", 'return (bytes.getAt(at + 2, "i32") >> 6) & 0x3ffff', ""],
}

test("what is generated takes no more instructions, frames and bytecode than by hand", async () => {
    const { typescript } = loadCompiler().compiler
    const read = (text: string) => readTypes(typescript, text, "a.ts").types
    const packed = generateRecords(read(PACKED), "packed", "a.ts").board
    const bits = generateRecords(read(BITS), "bits", "a.ts").board
    const names = Object.keys(BY_HAND)
    const by = Object.entries(BY_HAND).map(
        ([name, [parameters, type, body]]) =>
            `function ${name}ByHand(bytes: Buffer, at: number${parameters}): ${type} { ${body} }`,
    )
    const operations = (suffix: string) =>
        Object.entries(BY_HAND).map(
            ([name, [, , , given]]) =>
                `    ["${name}${suffix}", () => ${name}${suffix}(bytes, 40${given})],`,
        )
    const source = `import { operate } from "${fromRoot("test/vm/programs/measure/operate")}"
import { ${names.filter(name => /dish/i.test(name)).join(", ")} } from "./packed"
import { ${names.filter(name => /order/i.test(name)).join(", ")} } from "./bits"
${by.join("\n")}
const bytes = Buffer.alloc(200)
await operate("nothing", [["nothing", () => {}]], [["nothing", () => {}]])
await operate("generated", [
${operations("").join("\n")}
])
await operate("by hand", [
${operations("ByHand").join("\n")}
])
`
    const program = await buildFiles({ "main.ts": source, "packed.ts": packed, "bits.ts": bits })
    const [generated, byHand] = operationCosts(vm, program)
    const { parts } = sizeReport(program)
    const bytesOf = (name: string) =>
        parts.find(part => part.kind === "function" && part.name === name)!.bytes
    expect(generated!.operations).toHaveLength(names.length)
    for (const [i, { name, instructions, frameBytes }] of generated!.operations.entries()) {
        const hand = byHand!.operations[i]!
        expect(hand.name).toBe(`${name}ByHand`)
        expect(instructions, `${name}: instructions`).toBeLessThanOrEqual(hand.instructions)
        expect(frameBytes, `${name}: frames`).toBeLessThanOrEqual(hand.frameBytes)
        expect(bytesOf(name), `${name}: bytecode`).toBeLessThanOrEqual(bytesOf(hand.name))
    }
})
