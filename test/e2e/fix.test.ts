import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { fromRoot } from "../vm/harness"
import { heapscopeHere } from "./command"

const folder = mkdtempSync(fromRoot("devs", ".fix-"))
afterAll(() => rmSync(folder, { recursive: true }))

test("fix --write keeps what is proved, and nothing else of the file changes", async () => {
    const entry = join(folder, "main.ts")
    cpSync(fromRoot("devs/lessons/heap/wasteful.ts"), entry)
    const before = readFileSync(entry, "utf8")
    const asked = ["fix", entry, "--only", "heap", "--board", "pico", "--for", "1s", "--quiet"]
    const { code, stdout } = await heapscopeHere([...asked, "--write", "--json"])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
        ...{ schema: "heapscope/fix-report@1", written: true },
        changes: [{ rule: "heap", verdict: "kept" }],
    })
    expect(readFileSync(entry, "utf8")).toBe(
        before
            .replace("bills = []", "bills = new Array<number>(covers)")
            .replace(
                "bills.push(900 + ((guest * 37) % 4100))",
                "bills[guest] = 900 + ((guest * 37) % 4100)",
            ),
    )
})

test.each([
    [["--only", "packd"], /--only packd: there is no such rule: did you mean packed\?/],
    [["--world-network", "real"], /--world-network real/],
    [["--until", "picco"], /picco/],
    [["--for", "soon"], /--for/],
])("fix %j is wrong use", async (flags, message) => {
    const entry = join(folder, "none.ts")
    writeFileSync(entry, "console.log(1)\n")
    const { code, stdout, stderr } = await heapscopeHere(["fix", entry, ...flags, "--quiet"])
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toMatch(message)
})

test("fix --write never takes the demo for the program that is meant", async () => {
    const { code, stderr } = await heapscopeHere(["fix", "--write", "--quiet"])
    expect(code).toBe(2)
    expect(stderr).toMatch(/name the program that is to be changed/)
})
