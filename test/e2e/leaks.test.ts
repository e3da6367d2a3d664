import { describe, expect, test } from "vitest"
import type { SimReport } from "../../host/documents/sim-report"
import { heapscopeHere } from "./command"

const sim = (...args: string[]) => heapscopeHere(["sim", "--quiet", ...args])

const LEAKING = "test/vm/programs/leaks/leak-observable.ts"

describe("sim --leaks", () => {
    test("runs ten minutes, names the leak and its line, and fails", async () => {
        const { code, stdout } = await sim(LEAKING, "--leaks")
        expect(code).toBe(1)
        expect(stdout).toMatch(
            /^✗ ran 10 m, with a leak: temperature\._subscriptions never stops growing/,
        )
        expect(stdout).toContain(`filled at ${LEAKING}:`)
    })

    test("tells as JSON, and for how long it was asked", async () => {
        const { code, stdout } = await sim(LEAKING, "--leaks", "--for", "5m", "--json")
        const report = JSON.parse(stdout) as SimReport
        expect(code).toBe(1)
        expect(report.simulated.ms).toBe(300_000)
        expect(report.leaks!.map(({ path }) => path)).toEqual(["temperature._subscriptions"])
    })

    test("passes a program that keeps what it should", async () => {
        const { code, stdout } = await sim("devs/station/main.ts", "--leaks", "--for", "2m")
        expect(code).toBe(0)
        expect(stdout).toMatch(/Leaks {3}none/)
    })

    test("says nothing of leaks unless asked", async () => {
        const { code, stdout } = await sim(LEAKING, "--for", "2m", "--json")
        expect(code).toBe(0)
        expect(stdout).not.toContain('"leaks"')
    })

    test("refuses a time in which nothing can be told", async () => {
        const { code, stderr } = await sim("--leaks", "--for", "5s")
        expect(code).toBe(2)
        expect(stderr).toMatch(/^heapscope: --for 5s is too short to tell a leak: .*10m/)
    })
})
