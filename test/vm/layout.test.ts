import { expect, test } from "vitest"
import { layoutReport } from "../../host/analysis/layout/layout-report"
import { valueBytes } from "../../host/analysis/layout/vm-costs"
import { loadCompiler } from "../../host/compiler/node/load-compiler"
import { boardRecord } from "../../host/compiler/generate/records/board-records"
import { generateRecords } from "../../host/compiler/generate/records/generate-records"
import { readTypes } from "../../host/compiler/schema/read-types"
import { RandomTypes } from "../host/analysis/layout/random-types"
import { makerOf } from "./maker"

/** Shapes in all, and of one program. */
const SHAPES = Number(process.env.HEAPSCOPE_SHAPES ?? 30)
const OF_ONE_PROGRAM = 100

const typescript = loadCompiler().compiler.typescript

/** What has more makes the VM collect while it is made: in holes, blocks are a word larger now and then. */
const MAX_BYTES = 3000

test(
    "what an object, and generated records, are said to take is what they take on the heap, to the byte",
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
            const types = shapes.map(({ type }) => type)
            const { records } = generateRecords(types, "packed", "s.ts")
            // Functions that are not called are not in a program: here they are not compiled, either.
            const board = records.map(record => boardRecord({ ...record, accessors: [] })).join("")
            const counts = types.map((_, i) => 1 + (i % 4))
            const take = await makerOf(
                [
                    ...shapes.map(({ value }) => value),
                    ...records.map(({ buffer }, i) => `${buffer}(${counts[i]})`),
                ],
                board,
            )
            for (const [i, { type, written }] of shapes.entries()) {
                expect(take(i), written).toBe(valueBytes(type))
                const report = layoutReport([type], {
                    ...{ file: "s.ts", counts: [counts[i]!], boards: [] },
                })
                const inRecords = report.types[0]!.ways.find(({ name }) => name === "records")
                expect(take(shapes.length + i), `records of ${written}`).toBe(
                    inRecords!.takes![0]!.bytes,
                )
            }
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
