import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { UserError } from "../../../../host/base/errors"
import { buildProgram } from "../../../../host/compiler/node/build"
import { parseDebugInfo } from "../../../../host/model/program/debug-info"
import type { DebugInfo } from "../../../../host/model/program/debug-info"
import { SourceMap } from "../../../../host/model/program/source-map"
import { COMPILE_TIMEOUT_MS, fillProject, makeFolder } from "../../compiler/node/build-project"

describe("source positions of a compiled program", () => {
    const project = makeFolder()
    let debug: DebugInfo
    let map: SourceMap
    beforeAll(async () => {
        fillProject(project)
        const program = await buildProgram("src/main.ts", { cwd: project })
        debug = program.debug as DebugInfo
        map = SourceMap.of(debug)
    }, COMPILE_TIMEOUT_MS)
    afterAll(() => rmSync(project, { recursive: true, force: true }))

    /** The line that ends with a comment, from 1. */
    function lineMarked(file: string, comment: string): number {
        const lines = readFileSync(join(project, file), "utf8").split("\n")
        return 1 + lines.findIndex(text => text.endsWith(`// ${comment}`))
    }

    it.each([
        ["report", "src/main.ts"],
        ["toFahrenheit", "src/units.ts"],
        ["area", "src/shapes/index.ts"],
    ])("finds the first statement of %s, behind text that is not ASCII", (name, file) => {
        const index = debug.functions.findIndex(f => f.name === name)
        const line = lineMarked(file, `first statement of ${name}`)
        const { startpc } = debug.functions[index] as { startpc: number }
        expect(map.locate(startpc)).toMatchObject({ function: name, file, line })
        expect(map.functionAt(startpc)?.name).toBe(name)
        expect(map.frameOf(index, 0)).toEqual(map.locate(startpc))
    })

    it("counts columns as editors do, in UTF-16 units", () => {
        const index = debug.functions.findIndex(f => f.name === "toFahrenheit")
        const column = 1 + "    /* 🔥 */ ".length
        expect(map.frameOf(index, 1)).toMatchObject({ column })
    })

    it("agrees with the official tool at every pc", () => {
        const frames = debug.functions.flatMap(({ size }, index) =>
            Array.from({ length: size - 16 }, (_, i) => ({ index, pc: i + 1 })),
        )
        const lines = frames.map(({ index, pc }) => `at f_F${index} (pc:${pc})`).join("\n")
        const output = join(project, ".devicescript/bin")
        mkdirSync(output, { recursive: true })
        writeFileSync(
            join(output, "bytecode-dbg.json"),
            JSON.stringify({
                ...debug,
                functions: debug.functions.map(f => ({ ...f, users: [] })),
            }),
        )
        const cli = createRequire(import.meta.url).resolve("@devicescript/cli/package.json")
        const annotated = execFileSync(
            process.execPath,
            [join(cli, "../devicescript"), "annotate"],
            {
                cwd: project,
                input: `${lines}\n`,
                encoding: "utf8",
                env: { ...process.env, NO_UPDATE_NOTIFIER: "1", CI: "1" },
            },
        )
        const official = [...annotated.matchAll(/_pc(\d+)[^\n]*?\(([^()\n]+?):(\d+):(\d+)\)/g)].map(
            ([, , file, line, column]) => ({ file, line: Number(line), column: Number(column) }),
        )
        expect(official).toHaveLength(frames.length)
        const ours = frames.map(({ index, pc }) => {
            const frame = map.frameOf(index, pc)
            return { file: frame?.file, line: frame?.line, column: frame?.column }
        })
        expect(ours).toEqual(official)
    })

    it("covers the program's code without gaps, and nothing beside it", () => {
        const sorted = [...debug.functions].sort((a, b) => a.startpc - b.startpc)
        let pc = sorted[0]?.startpc as number
        expect(map.locate(pc - 1)).toBeUndefined()
        for (const { startpc, size, name } of sorted) {
            expect(startpc).toBe(pc)
            pc += size - 16
            expect(map.functionAt(pc - 1)?.name).toBe(name)
        }
        expect(map.locate(pc)).toBeUndefined()
        expect(map.frameOf(999, 1)).toBeUndefined()
    })
})

describe("the source map", () => {
    it("finds what a plain search finds, in any program", () => {
        const program = fc.record({
            texts: fc.array(fc.string({ unit: fc.constantFrom("a", "é", "😀", "\n", " ") }), {
                minLength: 1,
            }),
            steps: fc.array(fc.tuple(fc.nat(60), fc.nat(5)), { minLength: 1, maxLength: 40 }),
        })
        fc.assert(
            fc.property(program, fc.nat(120), ({ texts, steps }, pc) => {
                const all = texts.join("")
                const entries: { position: number; pc: number }[] = []
                for (const [position, step] of steps)
                    entries.push({ position, pc: (entries.at(-1)?.pc ?? 0) + step })
                const debug: DebugInfo = {
                    functions: [{ name: "f", startpc: 0, size: 100 + 16, slots: [] }],
                    globals: [],
                    sources: texts.map((text, i) => ({
                        path: `${i}.ts`,
                        length: text.length,
                        text,
                    })),
                    srcmap: entries.flatMap((entry, i) => [
                        entry.position - (entries[i - 1]?.position ?? 0),
                        1,
                        entry.pc - (entries[i - 1]?.pc ?? 0),
                    ]),
                }
                const entry = entries.findLast(e => e.pc <= pc)
                let expected
                if (entry !== undefined && pc < 100 && entry.position < all.length) {
                    let file = 0
                    let offset = entry.position
                    while (offset >= (texts[file] as string).length)
                        offset -= (texts[file++] as string).length
                    const before = (texts[file] as string).slice(0, offset).split("\n")
                    const column = (before.at(-1) as string).length + 1
                    expected = { function: "f", file: `${file}.ts`, line: before.length, column }
                }
                expect(SourceMap.of(debug).locate(pc)).toEqual(expected)
            }),
        )
    })
})

it("takes for a library what is installed for the project, and what lies outside of it", () => {
    const paths = ["src/main.ts", "node_modules/x/index.ts", "../shared/y.ts", "src/..odd.ts"]
    const map = SourceMap.of({
        functions: [],
        globals: [],
        sources: paths.map(path => ({ path, length: 10, text: "x".repeat(10) })),
        srcmap: paths.flatMap((_, i) => (i === 0 ? [0, 1, 100] : [10, 1, 100])),
    })
    const firsts = [100, 200, 300, 400]
    expect(firsts.map(pc => map.isLibrary(pc))).toEqual([false, true, true, false])
    expect(firsts.map(pc => map.libraryCode()[pc + 99])).toEqual([0, 1, 1, 0])
    expect(map.isLibrary(99)).toBe(false)
})

describe("reading debug information", () => {
    const whole = {
        functions: [{ name: "main", startpc: 0, size: 20, location: [0, 1], slots: [] }],
        globals: [{ name: "g", type: "glb" }],
        srcmap: [0, 1, 0],
        sources: [{ path: "main.ts", length: 1, text: "x" }],
    }

    it("keeps what we use and drops the rest", () => {
        expect(parseDebugInfo(JSON.stringify({ ...whole, sizes: {} }), "x-dbg.json")).toEqual(whole)
    })

    it.each([
        ["", /x-dbg\.json is damaged/],
        ["null", /x-dbg\.json is not debug information/],
        [JSON.stringify({ ...whole, sources: undefined }), /sources/],
        [JSON.stringify({ ...whole, srcmap: [1, 2] }), /srcmap: Not a list of triples/],
        [JSON.stringify({ ...whole, srcmap: [0, 0, 5, 0, 0, -1] }), /srcmap: Goes backwards/],
        [JSON.stringify({ ...whole, srcmap: [0.5, 0, 0] }), /srcmap\.0/],
        [JSON.stringify({ ...whole, functions: [{ name: 1 }] }), /functions\.0\.name/],
    ])("refuses %j with one message for people", (json, message) => {
        expect(() => parseDebugInfo(json, "x-dbg.json")).toThrow(message)
        expect(() => parseDebugInfo(json, "x-dbg.json")).toThrow(UserError)
    })
})
