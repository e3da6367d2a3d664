import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { HeapProfile } from "../../host/sinks/files/heap-profile"
import type { ProfileDifferenceReport } from "../../host/documents/profile/profile-difference"
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

describe("what differs", () => {
    const other = join(root, "test/vm/programs/profile-calls.ts")
    const ticking = join(root, "test/vm/programs/profile-fibers.ts")

    test("from another program: both, the difference, and its stacks with both values", async () => {
        const { stdout, code } = await profile(
            ...[program, "--against", other, "--folded", "both.folded", "--json"],
        )
        const found = JSON.parse(stdout) as ProfileDifferenceReport
        expect(found).toMatchObject({ schema: "heapscope/profile-difference@1", of: "programs" })
        const stacks = readFileSync(join(folder, "both.folded"), "utf8").trimEnd().split("\n")
        const values = stacks.map(line => / (\d+) (\d+)$/.exec(line)!.slice(1).map(Number))
        const sum = (side: number) => values.reduce((all, both) => all + both[side]!, 0)
        expect([sum(0), sum(1)]).toEqual([found.before.total.bytes, found.after.total.bytes])
        expect(code).toBe(0)
    })

    test("from a moment of the run: what was allocated since, by line", async () => {
        const { stdout } = await profile(ticking, "--from", "1s", "--to", "3s")
        expect(stdout).toMatch(/ allocated in \+?[\d,]+ blocks, .* live, .* of board time/)
        expect(stdout).toMatch(/before: 1 s: [\s\S]* now: 3 s: /)
    })

    test.each([
        [["--from", "3s", "--to", "1s"], /--from 3s is not before the end of the run/],
        [["--to", "1s"], /--to goes with --from/],
        [["--against", "a.ts", "--base", "main"], /--against and --base both say/],
        [["--from", "1s", "--at-peak"], /--at-peak is of a whole run/],
        [["--from", "1s", "--pprof", "a.pb"], /--pprof is of one profile/],
        [["--from", "1s", "--to", "2s", "--for", "3s"], /--to and --for both say/],
        [["--base", "main"], /git/],
    ])("%j is one message and exit code 2", async (flags, message) => {
        const { code, stdout, stderr } = await profile(program, ...flags)
        expect(stderr).toMatch(message)
        expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(2)
        expect(stdout).toBe("")
        expect(code).toBe(2)
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
