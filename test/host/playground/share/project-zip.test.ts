import { strFromU8, strToU8, unzipSync, zipSync } from "fflate"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { PACKAGE_ROOT, PROJECT_ROOT, type Project } from "../../../../host/playground/project"
import { projectZip, readProjectZip } from "../../../../host/playground/share/project-zip"

const project = (files: Record<string, string>, more: Partial<Project> = {}): Project => ({
    ...{ title: "Orders", root: PROJECT_ROOT, entry: "src/main.ts", flags: {} },
    ...{ files, ...more },
})
const zipOf = (texts: Record<string, string>) =>
    zipSync(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, strToU8(text)])))
const NOTHING = { version: "1.2.3", files: {} }
const text = fc.string({ unit: "grapheme", maxLength: 200 })

describe("a project as a zip", () => {
    test("comes out as it went in, and has what makes it a project", () => {
        fc.assert(
            fc.property(text, text, fc.constantFrom("pico", "pico_w"), (main, other, board) => {
                const files = { "src/main.ts": main, "src/orders.ts": other }
                const one = project(files, { flags: { board, speed: "10x" } })
                const zip = projectZip(one, NOTHING)
                expect(readProjectZip(zip, "orders.zip")).toEqual(one)
                const texts = unzipSync(zip)
                expect(strFromU8(texts["devsconfig.json"]!)).toBe("{}\n")
                expect(strFromU8(texts["README.txt"]!)).toContain(
                    `npx heapscope sim src/main.ts --board ${board}\n`,
                )
            }),
        )
    })

    test("has the library that a lesson imports from, and gives the lesson back alone", () => {
        const library = { "devs/devsconfig.json": "{}", "src/pool.ts": "export const a = 1" }
        const entry = "devs/lessons/pool/wasteful.ts"
        const one = project({ [entry]: "let a = 1" }, { root: PACKAGE_ROOT, entry })
        const zip = projectZip(one, { version: "1.2.3", files: library })
        expect(Object.keys(unzipSync(zip))).toContain("src/pool.ts")
        expect(readProjectZip(zip, "pool.zip")).toEqual(one)
    })

    test("has the package beside a project that imports it by name, and gives the project back alone", () => {
        const library = {
            "src/index.ts": "export const a = 1",
            "devs/agent/start.ts": "export {}",
            "devs/station/main.ts": "let a = 1",
            "boards/pico.json": "{}",
        }
        const installed = { version: "1.2.3", files: library }
        for (const line of [
            'import { a } from "heapscope"',
            "import 'heapscope/devs/agent/start'",
            'import {\n    a,\n} from "heapscope/src/index"',
        ]) {
            const one = project({ "src/main.ts": line })
            const zip = projectZip(one, installed)
            const files = unzipSync(zip)
            expect(JSON.parse(strFromU8(files["package.json"]!))).toMatchObject({
                devDependencies: { heapscope: "^1.2.3" },
            })
            expect(Object.keys(files).filter(name => name.startsWith("node_modules/"))).toEqual([
                "node_modules/heapscope/package.json",
                "node_modules/heapscope/src/index.ts",
                "node_modules/heapscope/devs/agent/start.ts",
            ])
            expect(readProjectZip(zip, "orders.zip")).toEqual(one)
        }
        const other = project({ "src/main.ts": 'import { a } from "heapscopes"' })
        expect(Object.keys(unzipSync(projectZip(other, installed)))).not.toContain(
            "node_modules/heapscope/src/index.ts",
        )
    })

    test("may be anybody's: a folder around it, what is added to it, and no word of how it is run", () => {
        const plain = { "kitchen/src/main.ts": "let a = 1", "kitchen/package.json": "{}" }
        expect(readProjectZip(zipOf(plain), "kitchen.zip")).toEqual(
            project({ "src/main.ts": "let a = 1" }, { title: "kitchen" }),
        )
        const lone = readProjectZip(zipOf({ "blink.ts": "let a = 1" }), "blink.zip")
        expect(lone.entry).toBe("blink.ts")
        const ours = unzipSync(projectZip(project({ "src/main.ts": "let a = 1" }), NOTHING))
        const added = zipSync({ ...ours, "src/new.ts": strToU8("let b = 2") })
        expect(Object.keys(readProjectZip(added, "a.zip").files)).toEqual([
            "src/main.ts",
            "src/new.ts",
        ])
    })

    test("is refused with the reason when it is none, or means harm", () => {
        const bomb = zipSync({ "src/main.ts": new Uint8Array(9_000_000) }, { level: 9 })
        const lying = new Uint8Array(bomb)
        const refused: [Uint8Array, RegExp][] = [
            [new Uint8Array(0), /damaged, or no zip/],
            [strToU8("PK\u0003\u0004 and nothing of it"), /damaged, or no zip/],
            [bomb, /too large/],
            [zipOf({ "../main.ts": "let a = 1" }), /cannot be opened/],
            [zipOf({ "a.ts": "", "b.ts": "" }), /nor one program alone/],
            [zipOf({ "notes.md": "# notes" }), /nor one program alone/],
            [zipOf({ "main.ts": "x".repeat(1_000_001) }), /more than/],
            [zipOf({ "main.ts": "", "playground.json": "{" }), /playground.json is damaged/],
            [zipOf({ "main.ts": "", "playground.json": "[]" }), /form of a project/],
            [lying.subarray(0, lying.length - 30), /damaged, or no zip/],
        ]
        for (const [bytes, why] of refused)
            expect(() => readProjectZip(bytes, "a.zip")).toThrow(why)
    })
})
