import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { layoutReport } from "../../host/analysis/layout/layout-report"
import { loadCompiler } from "../../host/compiler/node/load-compiler"
import { readTypes } from "../../host/compiler/schema/read-types"
import { capacityFor } from "../../host/model/heap/heap-memory"
import { programLayouts } from "../../host/tasks/watch/program-layouts"
import { build, fromRoot } from "./harness"

const board = { id: "esp32s2", heapBytes: 40 * 1024 }

test("what a program declares is laid out as `layout` does it for each of its files", async () => {
    const program = await build("devs/station/main.ts")
    const { reports } = programLayouts(program, board)
    const file = "devs/station/place.ts"
    const { types } = readTypes(
        loadCompiler().compiler.typescript,
        readFileSync(fromRoot(file), "utf8"),
        file,
    )
    const boards = [{ ...board, capacityBytes: capacityFor(board.heapBytes) }]
    expect(reports.find(report => report.file.endsWith(file))).toEqual({
        ...layoutReport(types, { file, counts: [1, 100, 1000], boards }),
        file: expect.stringMatching(/devs\/station\/place\.ts$/),
    })
})

test("classes are laid out by their fields, with types of other files; what is no record says why", async () => {
    const program = await build("devs/station/wasteful.ts")
    const { debug } = program
    const text = (path: string, text: string) => ({ path, text, length: text.length })
    const { reports, unread } = programLayouts(
        {
            ...program,
            debug: {
                ...debug!,
                sources: [
                    text(
                        "a.ts",
                        `import { Point } from "./b"
class Level { private at!: Point; constructor(readonly low: u8, high: u8) {} add() {} }
interface Grid { cells: number[] }`,
                    ),
                    text("b.ts", "export interface Point { x: i16; y: i16 }"),
                    text("node_modules/c.ts", "interface Hidden { x: u8 }"),
                ],
            },
        },
        board,
    )
    const told = reports.flatMap(({ types }) =>
        types.map(({ name, line, packed }) => [
            ...[name, line, packed.bytes],
            packed.fields.map(one => one.name).join(),
        ]),
    )
    expect(told).toEqual([
        ["Level", 2, 5, "at.x,at.y,low"],
        ["Point", 1, 4, "x,y"],
    ])
    expect(unread).toMatchObject([{ name: "Grid", line: 3, why: expect.stringMatching(/length/) }])
})
