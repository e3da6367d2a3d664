import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { heapscopeHere } from "./command"

let folder: string

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-lesson-"))
    writeFileSync(join(folder, "plain.md"), "# Nothing here\n")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs `heapscope lesson` as built, without a terminal. */
function lesson(...args: string[]) {
    const env = { ...process.env, FORCE_COLOR: "" }
    return heapscopeHere(["lesson", ...args], { cwd: folder, env })
}

describe("heapscope lesson", () => {
    it("lists what there is", async () => {
        const { code, stdout } = await lesson()
        expect(code).toBe(0)
        expect(stdout).toContain("bit-packing")
    })

    it("runs one, from any folder", async () => {
        const { code, stdout, stderr } = await lesson("stack")
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
        expect(stdout).toMatch(/VM instructions +[\d,]+ +[\d,]+/)
    })

    it("prints one JSON document, the same every time but for wall", async () => {
        const documents = [await lesson("stack", "--json"), await lesson("stack", "--json")]
        const [first, second] = documents.map(({ stdout }) => {
            const document = JSON.parse(stdout) as { lessons: { wall?: unknown }[] }
            for (const lesson of document.lessons) {
                expect(lesson.wall).toBeDefined()
                delete lesson.wall
            }
            return document
        })
        expect(first).toMatchObject({ schema: "heapscope/lessons@2", board: { id: "pico" } })
        expect(first).toEqual(second)
    })

    it.each<[string, string[], RegExp]>([
        ["an unknown lesson", ["bitpacking"], /Did you mean bit-packing\?/],
        ["a name and --all", ["pool", "--all"], /not both/],
        ["--markdown of one", ["pool", "--markdown"], /say --all/],
        ["a sweep of none", ["--sweep"], /name it/],
        ["a picture of no sweep", ["pool", "--svg", "s.svg"], /say --sweep/],
        ["an unknown board", ["pool", "--board", "pcio"], /Did you mean .*pico/],
        ["no such document", ["--all", "--markdown", "no.md"], /no\.md cannot be read/],
        ["a document without a place", ["--all", "--markdown", "plain.md"], /no place/],
    ])("refuses %s with exit code 2", async (_, args, message) => {
        const { code, stdout, stderr } = await lesson(...args)
        expect(code).toBe(2)
        expect(stdout).toBe("")
        expect(stderr).toMatch(message)
        expect(readFileSync(join(folder, "plain.md"), "utf8")).toBe("# Nothing here\n")
    })

    it("refuses two formats with exit code 2, in the one that is for programs", async () => {
        const { code, stdout, stderr } = await lesson("--all", "--markdown", "--json")
        expect(code).toBe(2)
        expect(JSON.parse(stdout)).toMatchObject({ error: { code: "E_FLAG_CONFLICT" } })
        expect(stderr).toMatch(/--markdown or --json/)
    })
})
