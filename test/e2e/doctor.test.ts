import { expect, test } from "vitest"
import { heapscopeHere } from "./command"

test("doctor has a useful answer without a board, as text and as JSON", async () => {
    const { code, stdout, stderr } = await heapscopeHere(["doctor", "--no-board", "--quiet"])
    expect(stderr).toBe("")
    expect(stdout).toMatch(/✓ Node v\d+/)
    expect(stdout).toMatch(/✓ The official compiler and VM, @devicescript\/cli 2\.16\.4\./)
    const json = await heapscopeHere(["doctor", "--no-board", "--json"])
    expect(json.code).toBe(code)
    const { schema, passed, checks } = JSON.parse(json.stdout)
    expect(schema).toBe("heapscope/doctor@1")
    expect(code).toBe(passed ? 0 : 1)
    expect(checks.length).toBeGreaterThan(3)
})

test("doctor at a port where nobody is ends with 1 and says what to do", async () => {
    const { code, stdout } = await heapscopeHere([
        "doctor",
        "--port",
        "tcp://127.0.0.1:1",
        "--quiet",
    ])
    expect(code).toBe(1)
    expect(stdout).toMatch(/✗ .*127\.0\.0\.1:1/)
    expect(stdout).toMatch(/1 thing to mend\n$/)
})
