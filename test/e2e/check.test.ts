import { spawn } from "node:child_process"
import { describe, expect, test } from "vitest"
import type { CheckReport } from "../../host/documents/check/report"
import { packageRoot } from "../../host/base/node/package-root"
import { heapscopeHere } from "./command"
import { CLI } from "./terminal"

const STATION = "devs/station/main.ts"
const WASTEFUL = "devs/station/wasteful.ts"
const LEAKING = "test/vm/programs/leaks/leak-observable.ts"

const check = (...args: string[]) => heapscopeHere(["check", ...args])

describe("check", () => {
    test("passes a program that keeps to everything, on every board", async () => {
        const { code, stdout, stderr } = await check(STATION, "--board", "all", "--for", "1m")
        expect(stderr).toBe("")
        expect(stdout).toMatch(/^✓ devs\/station\/main\.ts on \w+\n {2}[\d,]+ B high-water live/)
        const [passed, all] = /(\d+) of (\d+) checks passed/.exec(stdout)!.slice(1).map(Number)
        expect(passed).toBe(all)
        expect(all).toBeGreaterThanOrEqual(12)
        expect(code).toBe(0)
        // A dozen runs, one after the other.
    }, 90_000)

    test("fails for a death, a leak and a budget, each with its line", async () => {
        const limits = ["--max-live", "10kB", "--for", "2m"]
        const { code, stdout } = await check(STATION, WASTEFUL, LEAKING, ...limits)
        expect(code).toBe(1)
        expect(stdout).toMatch(/^✓ devs\/station\/main\.ts on pico\n/)
        expect(stdout).toMatch(
            /\n✗ devs\/station\/wasteful\.ts on pico\n {2}[\d,]+ B high-water live/,
        )
        expect(stdout).toMatch(
            /\n {2}[\d,]+ B high-water live, [\d,]+ B over the 10,000 B of --max-live\n/,
        )
        expect(stdout).toMatch(
            /\n {2}✗ in a made-up world: out of memory after 1 m(?: \d+ s)?: a leak, \S+ never\s+stops\s+growing\n/,
        )
        expect(stdout).toMatch(/\n {4}next: heapscope sim devs\/station\/wasteful\.ts/)
        expect(stdout).toContain("✗ temperature._subscriptions\n")
        // Subscribing fills it, and so does unsubscribing.
        expect(stdout).toMatch(/filled at \S+leak-observable\.ts:(7|10) \(look\)/)
        expect(stdout).toMatch(
            /\n✗ devs\/station\/wasteful\.ts on pico: [^\n]*\n✗ [^\n]*\n1 of 3 checks passed\nnext: heapscope sim devs\/station\/wasteful\.ts /,
        )
        expect(Math.max(...stdout.split("\n").map(line => line.length))).toBeLessThanOrEqual(80)
    })

    test("keeps what was done when it is stopped, and passes nothing for it", async () => {
        const child = spawn(
            process.execPath,
            [CLI, "check", "test/vm/programs/work-nothing.ts", STATION, "--for", "24h"],
            { cwd: packageRoot() },
        )
        let stdout = ""
        let wasStopped = false
        child.stdout.on("data", (data: Buffer) => {
            stdout += data.toString()
            // Once: who asks twice does not want to wait for what is kept.
            if (wasStopped || !/work-nothing\.ts on pico\n.*\n/.test(stdout)) return
            wasStopped = child.kill("SIGINT")
        })
        const code = await new Promise(done => child.on("close", done))
        expect(stdout).toMatch(/^✓ test\/vm\/programs\/work-nothing\.ts on pico\n/)
        expect(stdout).toMatch(/\nstopped by you: 1 of 2 checks done, 1 passed\n$/)
        expect(code).toBe(130)
    })

    test("tells all of it as JSON, on several boards", async () => {
        const boards = ["--board", "pico", "--board", "esp32c3", "--board", "pico"]
        const { code, stdout } = await check(LEAKING, ...boards, "--for", "2m", "--json")
        const document = JSON.parse(stdout) as CheckReport
        expect(code).toBe(1)
        expect(document).toMatchObject({ schema: "heapscope/check-report@1", passed: false })
        expect(document.checks.length).toBe(2)
        const message = /^temperature\._subscriptions never stops growing, filled at \S+:(7|10)$/
        for (const { passed, failures, report } of document.checks) {
            expect(passed).toBe(false)
            expect(failures).toMatchObject([
                { kind: "leak", message: expect.stringMatching(message), places: [{}] },
            ])
            expect(report).toMatchObject({ schema: "heapscope/sim-report@1", leaks: [{}] })
            expect(report).not.toHaveProperty("samples")
        }
    })

    test("fails a program that never says what it should", async () => {
        const { code, stdout } = await check(STATION, "--until-text", "xyzzy", "--for", "10s")
        expect(stdout).toContain('never printed "xyzzy"')
        expect(code).toBe(1)
    })

    test.each<[string, string[], RegExp]>([
        ["a size that is none", ["--max-live", "much"], /--max-live/],
        ["too short a run", ["--for", "1s"], /too short to tell a leak/],
        ["no such board", ["--board", "picco"], /pico/],
        ["no such program", ["nowhere.ts"], /nowhere\.ts: no such file/],
    ])("%s: one message and exit code 2", async (_what, args, message) => {
        const { code, stdout, stderr } = await check(...args)
        expect(stderr).toMatch(message)
        expect(stderr.trim().split("\n").length).toBe(1)
        expect(stdout).toBe("")
        expect(code).toBe(2)
    })
})
