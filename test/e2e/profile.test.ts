import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { HeapProfile } from "../../host/sinks/files/heap-profile"
import type { ProfileReport } from "../../host/documents/profile-report"
import { packageRoot } from "../../host/base/node/package-root"
import { heapscopeHere } from "./command"
import { expectWellFormed } from "../host/sinks/svg/well-formed"

const root = packageRoot()
const program = join(root, "test/vm/programs/profile-objects.ts")
let folder: string

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-profile-"))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the built command line as a user would, without a terminal. */
function profile(...args: string[]) {
    const env = { ...process.env, FORCE_COLOR: "" }
    return heapscopeHere(["profile", ...args], { cwd: folder, env })
}

test("prints the tables and the source, or the document alone", async () => {
    const text = await profile(program)
    expect(text.stdout).toMatch(/^✓ finished after .*\n/)
    expect(text.stdout).toMatch(/profile-objects\.ts:25 +3,604 B +50 +72 B +[\d.]+ % +[\d.]+ ms/)
    expect(text.stdout).toMatch(/▶ +3,604 B +50 +72 B +[\d.]+ ms 25 │ for \(let i = 0/)
    expect(text.stdout).not.toContain("\u001b")
    expect(text.code).toBe(0)

    const { stdout, stderr } = await profile(program, "--json")
    const document = JSON.parse(stdout) as ProfileReport
    expect(Object.keys(document)).toEqual(
        "schema program board vm simulated wall outcome judgement boardTime total lines functions tree histograms".split(
            " ",
        ),
    )
    expect(document.schema).toBe("heapscope/profile@1")
    expect(stderr).toBe("")
})

test("a program that died is shown up to its death, with exit code 1", async () => {
    const dying = join(root, "test/vm/programs/die-leak.ts")
    const { code, stdout } = await profile(dying, "--heap", "16KiB", "--for", "10m", "--by", "live")
    expect(stdout).toMatch(/^✗ out of memory/)
    expect(stdout).toMatch(/die-leak\.ts:3 .* 175 /)
    expect(code).toBe(1)
})

describe("wrong use is one message and exit code 2:", () => {
    test.each([
        ["--top", "0", /--top 0 is not a number of rows/],
        ["--by", "temporary", /goes with --temporary: say within how many allocations/],
        ["--temporary", "0", /--temporary 0 is no number of allocations/],
        ["--by", "size", /Allowed choices are allocated, live, count, temporary, time/],
        ["--heapprofile", "no/such/folder/a.heapprofile", /a\.heapprofile cannot be written/],
        ["--folded", "no/such/folder/a.folded", /a\.folded cannot be written/],
        ["--flame", "no/such/folder/a.svg", /a\.svg cannot be written/],
        ["--flame", ".", /cannot be written: it is a folder/],
        [
            "--by=time",
            "--flame=a.svg",
            /--flame shows paths of calls, .* take --by allocated, live, count/,
        ],
    ])("%s %s", async (flag, value, message) => {
        const { code, stdout, stderr } = await profile(program, flag, value)
        expect(stderr).toMatch(message)
        expect(stdout).toBe("")
        expect(code).toBe(2)
        expect(readdirSync(folder).filter(name => name.startsWith("."))).toEqual([])
    })
})

describe("exports", () => {
    const file = (name: string) => join(folder, name)
    let document: ProfileReport
    beforeAll(async () => {
        const flags = ["--heapprofile", "a.heapprofile", "--folded", "a.folded"]
        const { stdout } = await profile(program, ...flags, "--flame", "a.svg", "--json")
        document = JSON.parse(stdout) as ProfileReport
    })

    test("are written whole, and add up", () => {
        const { samples } = JSON.parse(readFileSync(file("a.heapprofile"), "utf8")) as HeapProfile
        const bytes = document.total.bytes
        expect(samples.reduce((sum, { size }) => sum + size, 0)).toBe(bytes)
        const folded = readFileSync(file("a.folded"), "utf8").trimEnd().split("\n")
        const values = folded.map(line => Number(line.slice(line.lastIndexOf(" "))))
        expect(values.reduce((sum, value) => sum + value, 0)).toBe(bytes)
        expectWellFormed(readFileSync(file("a.svg"), "utf8"))
    })
})
