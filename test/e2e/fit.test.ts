import { expect, test } from "vitest"
import { heapscopeHere } from "./command"

const ENTRY = "test/vm/programs/fit-large.ts"

test("fit --require ends with 1 where a required board is too small", async () => {
    const { code, stdout, stderr } = await heapscopeHere([
        ...["fit", ENTRY, "--for", "5s", "--require", "pico,esp32s2_bare", "--quiet"],
    ])
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" })
    expect(stdout).toMatch(/^esp32s2_bare +does not/m)
    expect(stdout).toMatch(/^pico +fits/m)
    expect(stdout).toContain("Not exercised: 1 function never ran: never.")
    expect(stdout).toMatch(/✗ required: pico, esp32s2_bare\n$/)
})

test("fit --json is one document, and ends with 0 where it fits", async () => {
    const { code, stdout } = await heapscopeHere([
        ...["fit", ENTRY, "--for", "5s", "--require", "pico", "--json"],
    ])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
        ...{ schema: "heapscope/fit@1", passed: true, neverRan: ["never"] },
        boards: [{ board: { id: "pico" }, verdict: "fits" }],
    })
})

test.each([
    [["--require", "picco"], /There is no board "picco"\. Did you mean pico/],
    [["--jobs", "many"], /--jobs many/],
    [["--for", "soon"], /--for/],
])("fit %j is wrong use", async (flags, message) => {
    const { code, stdout, stderr } = await heapscopeHere(["fit", ENTRY, ...flags, "--quiet"])
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toMatch(message)
    expect(stderr.trim().split("\n")).toHaveLength(1)
})
