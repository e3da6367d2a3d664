import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { sizeReport } from "../../../../host/analysis/size/size-parts"
import { buildProgram } from "../../../../host/compiler/node/build"
import { loadCompiler } from "../../../../host/compiler/node/load-compiler"
import { declarationsOf } from "../../../../host/compiler/unused/declarations"
import { unusedParts } from "../../../../host/compiler/unused/unused-parts"

const { typescript } = loadCompiler().compiler

/** Whose bytes are charged to something else when it goes: the file and its tables are aligned. */
const ALIGNMENT = 32

describe("what nothing uses", () => {
    const project = mkdtempSync(join(tmpdir(), "heapscope-unused-"))
    afterAll(() => rmSync(project, { recursive: true }))
    writeFileSync(join(project, "devsconfig.json"), "{}")
    writeFileSync(join(project, "package.json"), "{}")

    const SHAPES = `
/* 0 */ export function unusedExport() { return usedByUnused() }
/* 0 */ function usedByUnused() { return "nobody" }
export class Shape {
    size = 3
    area() { return this.size * this.size }
/* + */ around() { return deep(this.size) * 4 }
    named() { return 1 }
}
/* + */ function deep(size: number) { return size * size * size }
/* 0 */ export class Left { left() { return 2 } }
/* + */ export const table = [1, 2, 3, 4]
/* + */ const onEvent = () => { console.log("event") }
/* 0 */ export const WIDTH = 12
export const limits = [7, 8]
const made = new Shape()
`
    const MAIN = `
import { Shape, limits } from "./shapes"
const names = ["named"]
console.log(new Shape().area(), limits[1], names.length)
`
    const build = async (shapes: string) => {
        writeFileSync(join(project, "shapes.ts"), shapes)
        writeFileSync(join(project, "main.ts"), MAIN)
        return buildProgram("main.ts", { cwd: project })
    }

    test("is told with what it takes, and the file is so much smaller without it", async () => {
        const whole = await build(SHAPES)
        const unused = unusedParts(typescript, whole, sizeReport(whole).parts)!
        const lines = SHAPES.split("\n")
        const marked = lines.flatMap((text, i) => (/^\/\* . \*\//.test(text) ? i + 1 : []))
        expect(unused.map(({ line }) => line).sort((a, b) => a - b)).toEqual(marked)
        expect(unused.map(({ file }) => file)).toEqual(marked.map(() => "shapes.ts"))
        for (const { line, bytes, name } of unused)
            expect(bytes > 0, name).toBe(lines[line - 1]!.startsWith("/* + */"))
        const keepers = new Map(unused.map(({ name, keptBy }) => [name, keptBy]))
        expect(keepers.get("Shape.around")).toEqual(["Shape"])
        expect(keepers.get("deep")).toEqual(["around"])
        expect(keepers.get("table")).toEqual(["main"])
        expect(keepers.get("Left")).toEqual([])
        const exported = unused.flatMap(({ name, isExported }) => (isExported ? name : []))
        expect(exported.sort()).toEqual(
            ["Left", "Shape.around", "WIDTH", "table", "unusedExport"].sort(),
        )

        // All of it at once: what is left is what has bytes and is used.
        const without = await build(lines.filter((_, i) => !marked.includes(i + 1)).join("\n"))
        const told = unused.reduce((sum, { bytes }) => sum + bytes, 0)
        const saved = whole.bytecode.length - without.bytecode.length
        // Names and texts that they alone had go, too.
        expect(saved).toBeGreaterThanOrEqual(told - ALIGNMENT)
        expect(saved).toBeLessThan(told + 120)
        const nothing = unusedParts(typescript, without, sizeReport(without).parts)
        expect(nothing).toEqual([])

        // What is left out took nothing.
        const zero = lines.filter(text => !text.startsWith("/* 0 */")).join("\n")
        expect((await build(zero)).bytecode.length).toBe(whole.bytecode.length)
    })
})

describe("names", () => {
    const namedIn = (sources: Record<string, string>) =>
        declarationsOf(
            typescript,
            Object.entries(sources).map(([path, text]) => ({ path, text })),
        )
            .filter(({ isNamed }) => isNamed)
            .map(({ path, name }) => `${path} ${name}`)

    test.each<[string, Record<string, string>, string[]]>([
        ["itself", { "a.ts": "export const a = () => { a }" }, []],
        ["a list of exports", { "a.ts": "const a = 1\nexport { a }" }, []],
        ["its own file", { "a.ts": "export const a = 1\nconst b = [a]" }, ["a.ts a"]],
        [
            "an import",
            { "a.ts": "export const a = 1", "b.ts": 'import { a } from "./a"' },
            ["a.ts a"],
        ],
        [
            "an import of another's",
            {
                "a.ts": "export const a = 1",
                "b.ts": 'import { a } from "./c"',
                "c.ts": "export const a = 2",
            },
            ["c.ts a"],
        ],
        [
            "what passes it on",
            {
                "x/a.ts": "export const a = 1",
                "x/index.ts": 'export * from "./a"',
                "b.ts": 'import * as x from "./x"\nx.a',
            },
            ["x/a.ts a"],
        ],
        ["a script", { "a.ts": "const a = 1", "b.ts": "const b = a" }, ["a.ts a"]],
        [
            "an import that leads anywhere",
            { "a.ts": "export const a = 1", "b.ts": 'import { a } from "@me/a"' },
            ["a.ts a"],
        ],
    ])("%s", (_, sources, expected) => {
        expect(namedIn(sources)).toEqual(expected)
    })

    test("of variables that something is called for are not told", () => {
        const text = [
            "const a = start()",
            "const b = new Role()",
            "const c = (x = 3)",
            "const d = ++e",
            "const f = await g",
            "const h = -1 <= 2 ? [`x`] : { i: hex`00` }",
        ].join("\n")
        const declared = declarationsOf(typescript, [{ path: "a.ts", text }])
        expect(declared.map(({ name }) => name)).toEqual(["h"])
    })
})
