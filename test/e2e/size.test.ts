import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { heapscopeHere } from "./command"

const ENTRY = "test/vm/programs/fit-large.ts"
const OTHER = "test/vm/programs/counting.ts"
const folder = mkdtempSync(join(tmpdir(), "heapscope-size-"))
afterAll(() => rmSync(folder, { recursive: true }))

test("size tells what takes the flash, and draws it", async () => {
    const svg = join(folder, "size.svg")
    const { code, stdout } = await heapscopeHere(["size", ENTRY, "--svg", svg, "--quiet"])
    expect(code).toBe(0)
    expect(stdout).toMatch(/fit-large\.ts: 480 B of flash\n/)
    expect(stdout).toMatch(/never +32 B +6\.7 % +\S*fit-large\.ts:6 +main/)
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg /)
})

test("size --against tells what differs, and it adds up", async () => {
    const { code, stdout } = await heapscopeHere(["size", ENTRY, "--against", OTHER, "--json"])
    expect(code).toBe(0)
    const { schema, difference, unused } = JSON.parse(stdout)
    expect(unused).toEqual([])
    expect(schema).toBe("heapscope/size@1")
    const { bytesBefore, bytesAfter, changes } = difference
    const deltas = (changes as { delta: number }[]).map(({ delta }) => delta)
    expect(deltas.reduce((a, b) => a + b, 0)).toBe(bytesAfter - bytesBefore)
})

test.each([
    [["--against", "a.ts", "--base", "main"], /take one of --against and --base/],
    [["--top", "no"], /--top no/],
    [["--svg", join(folder, "none/size.svg")], /none/],
])("size %j is wrong use", async (flags, message) => {
    const { code, stdout, stderr } = await heapscopeHere(["size", ENTRY, ...flags, "--quiet"])
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toMatch(message)
    expect(stderr.trim().split("\n")).toHaveLength(1)
})
