import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sizeDifference } from "../../host/analysis/size/size-difference"
import { sizeReport } from "../../host/analysis/size/size-parts"
import { buildProgram } from "../../host/compiler/node/build"
import { renderSizeTreemap } from "../../host/sinks/svg/size-treemap"
import { build, fromRoot } from "./harness"

/** Of `test/vm/programs`: more than 30 when asked for, and the station. Others are built for other tests anyway. */
const NAMES = process.env["HEAPSCOPE_SIZE"]
    ? readdirSync(fromRoot("test/vm/programs"))
          .filter(name => name.endsWith(".ts"))
          .map(name => name.slice(0, -3))
    : ["counting", "fit-large", "board-services", "hardware-i2c", "arena", "packed-list"]
const ENTRIES = [...NAMES, "devs/station/main.ts", "devs/station/wasteful.ts"]

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

beforeAll(() => Promise.all(ENTRIES.map(build)))

describe("a program's size", () => {
    test("is what its parts add up to, however they are summed", async () => {
        for (const entry of ENTRIES) {
            const program = await build(entry)
            const { parts, byKind, byFile, byLibrary } = sizeReport(program)
            for (const list of [parts, byKind, byFile, byLibrary])
                expect(sum(list.map(({ bytes }) => bytes)), entry).toBe(program.bytecode.length)
            // Each function has what the compiler says of it.
            const compilers = program.debug!.functions.map(({ size }) => size).sort()
            const ours = parts.flatMap(({ kind, bytes }) => (kind === "function" ? bytes : []))
            expect(ours.sort(), entry).toEqual(compilers)
            // What is left over is alignment alone: of the file, its tables and its contents.
            const padding = byKind.find(({ name }) => name === "padding")?.bytes ?? 0
            expect(padding, entry).toBeLessThan(32 + 4 * parts.length)
        }
    })

    test("differs by what its parts differ by", async () => {
        const reports = await Promise.all(ENTRIES.map(async one => sizeReport(await build(one))))
        for (const before of reports.slice(0, 6))
            for (const after of reports) {
                const { bytesBefore, bytesAfter, changes } = sizeDifference(before, after)
                expect(sum(changes.map(({ delta }) => delta))).toBe(bytesAfter - bytesBefore)
                if (before === after) expect(changes).toEqual([])
            }
    })

    test("has a picture with each of its parts", async () => {
        const report = sizeReport(await build("fit-large"))
        const svg = renderSizeTreemap(report)
        expect(svg.match(/<rect [^>]*><title>/g)).toHaveLength(
            report.parts.length + report.byFile.length,
        )
        expect(svg).toContain("never: 32 B, kept by main")
    })
})

describe("what keeps a function in", () => {
    const project = mkdtempSync(join(tmpdir(), "heapscope-size-"))
    afterAll(() => rmSync(project, { recursive: true }))
    writeFileSync(join(project, "devsconfig.json"), "{}")
    writeFileSync(join(project, "package.json"), "{}")

    const SOURCE = `
function leaf() { console.log("leaf") }
function middle() { leaf(); console.log("middle") }
function other() { leaf(); console.log("other") }
class Shape { area() { return 1 } }
function shapes() { console.log(new Shape().area()) }
middle()
other()
shapes()
`
    const partsOf = async (source: string) => {
        writeFileSync(join(project, "main.ts"), source)
        const { parts } = sizeReport(await buildProgram("main.ts", { cwd: project }))
        return new Map(
            parts.flatMap(part => (part.kind === "function" ? [[part.name!, part] as const] : [])),
        )
    }

    test("is what it is gone without", async () => {
        const whole = await partsOf(SOURCE)
        expect(whole.get("main")!.keptBy).toEqual([])
        for (const [call, name] of [
            ["middle()", "middle"],
            ["other()", "other"],
            ["shapes()", "shapes"],
        ] as const) {
            expect(whole.get(name)!.keptBy).toEqual(["main"])
            const without = await partsOf(SOURCE.replace(`\n${call}\n`, "\n"))
            expect(without.has(name)).toBe(false)
            // What it alone kept is gone with it; what another keeps, too, is not.
            for (const [one, { keptBy }] of whole) {
                if (keptBy.length === 1 && keptBy[0] === name)
                    expect(without.has(one), one).toBe(false)
                if (one !== name && keptBy.some(by => by !== name && without.has(by)))
                    expect(without.has(one), `${one} without ${name}`).toBe(true)
            }
        }
        expect(whole.get("leaf")!.keptBy).toEqual(["middle", "other"])
    })

    test("the same code twice is told once", async () => {
        writeFileSync(
            join(project, "main.ts"),
            `${SOURCE}\nfunction twin() { leaf(); console.log("other") }\ntwin()\n`,
        )
        const { duplicates } = sizeReport(await buildProgram("main.ts", { cwd: project }))
        expect(duplicates[0]).toMatchObject({ kind: "function", names: ["other", "twin"] })
        expect(duplicates[0]!.savedBytes).toBe(duplicates[0]!.bytes)
    })
})
