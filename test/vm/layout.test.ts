import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { layoutReport } from "../../host/analysis/layout/layout-report"
import { valueBytes } from "../../host/analysis/layout/vm-costs"
import { buildProgram } from "../../host/compiler/node/build"
import { loadCompiler } from "../../host/compiler/node/load-compiler"
import { readTypes } from "../../host/compiler/schema/read-types"
import type { MemoryEvent } from "../../host/model/events"
import { SimulatedBoard } from "../../host/simulator/simulated-board"
import { RandomTypes } from "../host/analysis/layout/random-types"
import { fromRoot, vm } from "./harness"

/** Shapes in all, and of one program. */
const SHAPES = Number(process.env.HEAPSCOPE_SHAPES ?? 30)
const OF_ONE_PROGRAM = 100

const typescript = loadCompiler().compiler.typescript

/** Where a program has the number of what it is to make: in front of bytes that are nowhere else. */
const MARK = [0xde, 0xad, 0xbe, 0xef, 0x5a, 0xa5]
/** The library's own types, which the compiler for the board is to take as well; two are used. */
const WORDS = [
    ...["u8", "u16", "u24", "u32", "i8", "i16", "i24", "i32", "f32", "f64", "bool"],
    ...["bits<5>", "text<8>", "array<u8, 4>"],
]
/** What has more makes the VM collect while it is made: in holes, blocks are a word larger now and then. */
const MAX_BYTES = 3000

/** A program that makes one of many things, and one line before and behind that. */
async function makerOf(things: readonly string[]): Promise<(which: number) => number> {
    mkdirSync(fromRoot("node_modules/.cache"), { recursive: true })
    const folder = mkdtempSync(fromRoot("node_modules/.cache/layout-"))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(join(folder, "package.json"), "{}")
    writeFileSync(join(folder, "devsconfig.json"), "{}")
    const file = join(folder, "main.ts")
    const hex = MARK.map(byte => byte.toString(16)).join("")
    writeFileSync(
        file,
        `import type { ${WORDS.map(word => /\w+/.exec(word)![0]).join(", ")} } from "../../../src/schema"
interface All {
${WORDS.map((word, i) => `    f${i}: ${word}`).join("\n")}
}
function changed(all: All): All {
    all.f2 = all.f0
    all.f0 = all.f0 + 1
    all.f1++
    return all
}
const WHICH = hex\`0000${hex}\`
let kept: any = 0
const LONG = "${"x".repeat(100)}"
function made(length: number): string {
    return LONG.slice(0, length)
}
function many(count: number, make: () => any): any[] {
    const all: any[] = []
    for (let i = 0; i < count; i++) all.push(make())
    return all
}
${things.map((thing, i) => `function make${i}(): any {\n    return ${thing}\n}`).join("\n")}
function make(which: number): any {
    switch (which) {
${things.map((_, i) => `        case ${i}: return make${i}()`).join("\n")}
    }
    return 0
}
// The runtime makes a few things when something is used for the first time.
kept = [Buffer.alloc(1), made(2), many(1, () => 0)]
const none: any = {}
kept = changed(none)
kept = 0
console.log("less")
kept = make(WHICH[0] + 256 * WHICH[1])
console.log("more")
`,
    )
    const { bytecode } = await buildProgram(file, { cwd: folder })
    const at = Buffer.from(bytecode).indexOf(Buffer.from(MARK)) - 2
    return which => {
        const program = Uint8Array.from(bytecode)
        program.set([which & 0xff, which >> 8], at)
        const live: Record<string, number> = {}
        const onEvent = (event: MemoryEvent) => {
            if (event.kind === "log" && event.level === "log")
                live[event.text] = board.tracker.liveBytes()
        }
        const board = new SimulatedBoard(vm, { heapBytes: 65_536, seed: 1, onEvent })
        board.load(program)
        board.runUntil(10_000, () => "more" in live)
        return live["more"]! - live["less"]!
    }
}

test(
    "what an object is said to take is what it takes on the heap, to the byte",
    { timeout: 600_000 },
    async () => {
        const random = new RandomTypes(Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1))
        let left = SHAPES
        while (left > 0) {
            const shapes = Array.from({ length: OF_ONE_PROGRAM }, () => random.record())
                .map((shape, i) => ({
                    ...shape,
                    type: readTypes(typescript, `interface S${i} ${shape.written}`, "s.ts")
                        .types[0]!,
                }))
                .filter(({ type }) => valueBytes(type) <= MAX_BYTES)
                .slice(0, left)
            left -= shapes.length
            const take = await makerOf(shapes.map(({ value }) => value))
            for (const [i, { type, written }] of shapes.entries())
                expect(take(i), written).toBe(valueBytes(type))
        }
    },
)

test("and so are many, kept in each way", async () => {
    const declaration = "interface Order { id: u24; table: u8; paid: bool; note: bits<4> }"
    const counts = [1, 3, 20]
    const { types } = readTypes(typescript, declaration, "order.ts")
    const { ways } = layoutReport(types, { file: "order.ts", counts, boards: [] }).types[0]!
    const made: Record<string, (count: number) => string> = {
        objects: count => {
            const one = "{ id: 1, table: 2, paid: true, note: 3 }"
            return count === 1 ? one : `many(${count}, () => (${one}))`
        },
        arrays: count => `[${Array(4).fill(`many(${count}, () => 1)`).join(", ")}]`,
        records: count => `Buffer.alloc(${6 * count})`,
        bitRecords: count => `Buffer.alloc(${5 * count})`,
    }
    const wanted = ways.flatMap(({ name, takes = [] }) =>
        name in made ? takes.map(one => ({ name, ...one })) : [],
    )
    expect(wanted).toHaveLength(4 * counts.length)
    const take = await makerOf(wanted.map(({ name, count }) => made[name]!(count)))
    for (const [i, { name, count, bytes }] of wanted.entries())
        // The four arrays are in one, which has room for four.
        expect(take(i), `${count} as ${name}`).toBe(bytes + (name === "arrays" ? 16 + 36 : 0))
})
