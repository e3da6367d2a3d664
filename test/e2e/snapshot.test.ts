import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import type { Snapshot } from "../../host/documents/snapshot"
import { heapscopeHere } from "./command"

const root = packageRoot()
const WASTEFUL = join(root, "devs/station/wasteful.ts")
const DYING = join(root, "test/vm/programs/die-leak.ts")
let folder: string

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-e2e-"))
    writeFileSync(join(folder, "not.json"), "not a snapshot")
    writeFileSync(join(folder, "other.json"), '{ "schema": "heapscope/sim-report@1" }')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function heapscope(...args: string[]) {
    return heapscopeHere(args, { cwd: folder, env: { ...process.env, FORCE_COLOR: "" } })
}

describe("wrong use is one message and exit code 2:", () => {
    test.each<[string, string[], RegExp]>([
        ["two moments", ["snapshot", "--at", "1s", "--at-panic"], /Choose one of --at/],
        ["no duration", ["snapshot", "--at", "soon"], /--at: .*not a duration/],
        ["no time", ["snapshot", "--at", "0s"], /--at 0 runs nothing/],
        ["--for alone", ["snapshot", "--for", "1s"], /--for is how long to wait/],
        ["empty text", ["snapshot", "--at-text", ""], /--at-text is empty/],
        ["no number", ["snapshot", "--at-allocation", "0"], /--at-allocation 0 is not a whole/],
        ["no count", ["snapshot", "--at-gc", "1e3"], /--at-gc 1e3 is not a whole number from 1/],
        ["rows", ["snapshot", "--top", "0"], /--top 0 is not a number of rows/],
        [
            "unwritable",
            ["snapshot", WASTEFUL, "--at", "1s", "--out", "no/a.json"],
            /cannot be written/,
        ],
        ["nothing to compare", ["diff"], /Name two files/],
        ["one file", ["diff", "not.json"], /Name two files/],
        ["one moment", ["diff", "--from", "1s"], /say both --from and --to/],
        ["moments in the wrong order", ["diff", "--from", "2s", "--to", "1s"], /is not before/],
        [
            "two programs",
            ["diff", "a.ts", "b.ts", "--from", "1s", "--to", "2s"],
            /name one program/,
        ],
        ["no snapshot", ["diff", "not.json", "not.json"], /not\.json is not a snapshot/],
        ["another document", ["diff", "other.json", "not.json"], /other\.json is not a snapshot/],
        ["missing file", ["diff", "none.json", "not.json"], /none\.json cannot be read/],
    ])("%s", async (_name, args, message) => {
        const { code, stdout, stderr } = await heapscope(...args)
        expect(stderr).toMatch(message)
        expect(stderr.trim().split("\n").length).toBe(1)
        expect(stdout).toBe("")
        expect(code).toBe(2)
    })
})

describe("snapshot", () => {
    test("shows what keeps the memory, and writes it in every form", async () => {
        const files = ["a.json", "a.heapsnapshot", "map.svg", "time.svg"]
        const { code, stdout, stderr } = await heapscope(
            ...["snapshot", WASTEFUL, "--at", "20s", "--out", "a.json"],
            ...["--heapsnapshot", "a.heapsnapshot", "--map", "map.svg"],
            ...["--map-over-time", "time.svg", "--top", "3"],
        )
        expect(stderr).toBe("")
        expect(code).toBe(0)
        expect(stdout).toMatch(/^Heap of .*wasteful\.ts on pico at 20 s\n/)
        expect(stdout).toMatch(/history\[\] +\{id, place/)
        expect(Math.max(...stdout.split("\n").map(line => line.length))).toBeLessThanOrEqual(80)
        for (const file of files) expect(existsSync(join(folder, file)), file).toBe(true)
        const map = readFileSync(join(folder, "map.svg"), "utf8")
        expect(map).toContain("history[0] (")
        expect(map).not.toMatch(/href|<script|url\(/)
        const time = readFileSync(join(folder, "time.svg"), "utf8")
        expect(time).toMatch(/<title>[\d.]+ m?s: .* largest free block/)
    })

    test("prints nothing but the document with --json, the same one every time", async () => {
        const args = ["snapshot", WASTEFUL, "--at", "5s", "--json"]
        const [a, b] = await Promise.all([heapscope(...args), heapscope(...args)])
        expect(JSON.parse(a.stdout)).toMatchObject({ schema: "heapscope/snapshot@1" })
        expect(a.stdout).toBe(b.stdout)
        expect(a.stderr).toBe("")
    })

    test("at the death of a program shows what it died of", async () => {
        const { code, stdout } = await heapscope("snapshot", DYING, "--at-panic", "--heap", "16KiB")
        expect(stdout).toMatch(/at its death after/)
        expect(code).toBe(0)
    })

    test("at an allocation and at a collection, ends with it", async () => {
        const made = await heapscope("snapshot", WASTEFUL, "--at-allocation", "1500", "--json")
        const { taken, nodes, blocks } = JSON.parse(made.stdout) as Snapshot
        expect(taken).toMatchObject({ kind: "allocation", number: 1500 })
        expect(Math.max(...nodes.map(({ allocation = 0 }) => allocation))).toBeLessThanOrEqual(1500)
        expect(blocks.filter(([, , , state]) => state === "garbage").length).toBeGreaterThan(0)
        const left = await heapscope("snapshot", WASTEFUL, "--at-gc", "3")
        expect(left.stdout).toMatch(/at collection 3 after /)
        expect(left.code).toBe(0)
    })

    test.each<[string, string[], RegExp]>([
        ["dies before", [DYING, "--at", "2h"], /died after .* --at-panic shows its heap/],
        ["does not die", [WASTEFUL, "--at-panic", "--for", "1s"], /did not die in 1 s/],
        [
            "allocates less",
            [WASTEFUL, "--at-allocation", "99999", "--for", "1s"],
            /made fewer than 99,999 allocations in 1 s/,
        ],
        ["says nothing", [WASTEFUL, "--at-text", "xyzzy", "--for", "1s"], /did not log that text/],
    ])("of a program that %s says so and exits 1", async (_what, args, message) => {
        const { code, stdout, stderr } = await heapscope("snapshot", ...args)
        expect(stderr).toMatch(message)
        expect(stdout).toBe("")
        expect(code).toBe(1)
    })
})

describe("diff", () => {
    test("of two moments and of two files of the same run say the same", async () => {
        await heapscope("snapshot", WASTEFUL, "--at", "10s", "--out", "from.json")
        await heapscope("snapshot", WASTEFUL, "--at", "30s", "--out", "to.json")
        const files = await heapscope("diff", "from.json", "to.json", "--json")
        const run = await heapscope("diff", WASTEFUL, "--from", "10s", "--to", "30s", "--json")
        expect(run.stdout).toBe(files.stdout)
        const report = JSON.parse(run.stdout) as { schema: string; grown: { path: string }[] }
        expect(report.schema).toBe("heapscope/diff@1")
        expect(report.grown[0]!.path).toBe("history")
        const shown = await heapscope("diff", "from.json", "to.json")
        expect(shown.stdout).toMatch(/history +Array +\+[\d,]+ B/)
        expect(shown.code).toBe(0)
    })

    test("of a program that dies in between says so and exits 1", async () => {
        const { code, stderr } = await heapscope("diff", DYING, "--from", "1s", "--to", "2h")
        expect(stderr).toMatch(/died after .*: take an earlier --to/)
        expect(code).toBe(1)
    })
})
