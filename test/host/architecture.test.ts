import { existsSync, readdirSync, readFileSync } from "node:fs"
import { posix } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { describe, expect, it } from "vitest"
import { describeViolations, findViolations, ORDER } from "./architecture"

const HOST = fileURLToPath(new URL("../../host/", import.meta.url))
/** A folder of more wants rooms of its own. */
const MAX_FILES = 22

const files = new Map(
    readdirSync(HOST, { recursive: true, encoding: "utf8" })
        .map(file => file.replaceAll("\\", "/"))
        .filter(file => /\.tsx?$/.test(file))
        .map(file => [file, readFileSync(HOST + file, "utf8")]),
)

const found = describeViolations(findViolations(files))

/** What more is said when files are added to the tree. */
const planted = (...plants: [file: string, text: string][]) => {
    const known = found.split("\n")
    const all = describeViolations(findViolations(new Map([...files, ...plants])))
    return all
        .split("\n")
        .filter(line => !known.includes(line))
        .join("\n")
}

/** What is made is named in .gitignore; the rest belongs to people's tools. */
const isMade = (folder: string) => /^(\.|dist$|node_modules$|coverage$)/.test(folder)

describe("the house", () => {
    it("has five folders and no other", () => {
        const entries = readdirSync(`${HOST}..`, { withFileTypes: true })
        const folders = entries.filter(entry => entry.isDirectory()).map(({ name }) => name)
        expect(folders.filter(name => !isMade(name)).sort()).toEqual([
            "boards",
            "devs",
            "host",
            "src",
            "test",
        ])
    })

    it("has its files in order: no import goes up, none is part of a cycle, PURE is pure", () => {
        expect(found).toBe("")
    })

    it("has no folder of too many files", () => {
        const counts = new Map<string, number>()
        for (const file of files.keys())
            counts.set(posix.dirname(file), (counts.get(posix.dirname(file)) ?? 0) + 1)
        expect([...counts].filter(([, count]) => count > MAX_FILES)).toEqual([])
    })

    it("says of each folder what it is for", () => {
        const folders = new Set([...files.keys()].map(file => file.slice(0, file.indexOf("/"))))
        const without = [...folders].filter(folder => !existsSync(`${HOST}${folder}/README.md`))
        expect(without).toEqual([])
        expect([...folders].filter(folder => !ORDER.includes(folder))).toEqual([])
    })

    it("can be bundled for a browser as far as it is PURE", async () => {
        const pure = [...files.keys()].filter(
            file =>
                ORDER.indexOf(file.slice(0, file.indexOf("/"))) < ORDER.indexOf("tasks") &&
                !/\/(node|instrument|served)\//.test(file),
        )
        const { warnings } = await build({
            stdin: {
                contents: pure.map(file => `import "./${file}"`).join("\n"),
                resolveDir: HOST,
            },
            bundle: true,
            write: false,
            platform: "browser",
            format: "esm",
            external: ["jacdac-ts"],
            // The package says of its files that they do nothing by themselves: none would be in it.
            ignoreAnnotations: true,
            logLevel: "silent",
        })
        expect(warnings).toEqual([])
    })
})

describe("the test of the house", () => {
    it("finds an import that goes up, of types, too", () => {
        expect(planted(["model/planted.ts", 'import { runCli } from "../cli/cli"'])).toBe(
            'host/model/planted.ts: imports "../cli/cli": model/ may not import from cli/, which builds on it',
        )
        expect(
            planted([
                "documents/planted.ts",
                'export type A = import("../tasks/lesson/study").Study',
            ]),
        ).toMatch(/documents\/ may not import from tasks\//)
        expect(planted(["wire/planted.ts", 'export * from "../model/events"'])).toMatch(/wire\//)
    })

    it("finds a cycle of files", () => {
        const text = planted(
            ["base/a.ts", 'import { b } from "./b"\nexport const a = b'],
            ["base/b.ts", 'export const b = 1\nexport const later = () => import("./c")'],
            ["base/c.ts", 'import type { a } from "./a"\nexport type C = typeof a'],
        )
        expect(text.split("\n")).toHaveLength(3)
        expect(text).toContain('host/base/c.ts: imports "./a": is part of a cycle of base/')
    })

    it("finds what is Node's in a PURE folder", () => {
        const rule = "runs in a browser too (model/): nothing of Node may be reached"
        expect(planted(["model/planted.ts", "export const a = Buffer.alloc(1)"])).toBe(
            `host/model/planted.ts: uses Buffer: ${rule}`,
        )
        for (const [text, uses] of [
            ["export let timer: NodeJS.Timeout", "uses NodeJS"],
            ["export const a = process.platform", "uses process"],
            ['import { join } from "node:path"', 'imports "node:path"'],
            ['import type { Stats } from "fs"', 'imports "fs"'],
            ['import { SerialPort } from "serialport"', 'imports "serialport"'],
        ] as const)
            expect(planted(["model/planted.ts", text])).toBe(
                `host/model/planted.ts: ${uses}: ${rule}`,
            )
    })

    it("finds Node through other files, and its rooms", () => {
        expect(planted(["link/planted.ts", 'import "./node/tcp-stream"'])).toMatch(
            /^host\/link\/planted.ts: imports ".\/node\/tcp-stream": runs in a browser/,
        )
        expect(
            planted(
                ["page/planted.ts", 'import "../sinks/svg/planted"'],
                ["sinks/svg/planted.ts", "export const a = Buffer.alloc(1)"],
            ),
        ).toMatch(/^host\/sinks\/svg\/planted.ts: uses Buffer: runs in a browser too \(page\/\)/)
    })

    it("lets pass what only looks like it", () => {
        expect(
            planted([
                "model/planted.ts",
                'export const a = { Buffer: 1, process: "Buffer" }\nexport const b = a.Buffer // Buffer\nexport const c: { require: string } = { require: "node:fs" }',
            ]),
        ).toBe("")
    })
})
