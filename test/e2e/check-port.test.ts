import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import type { BoardCheckReport } from "../../host/documents/check/board-check"
import { pty } from "../vm/link/pty"
import { serve } from "../vm/link/rig"
import { heapscopeHere } from "./command"

const PROGRAM = join(packageRoot(), "test/vm/programs/agent.ts")
const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
})

/** A folder whose configuration has budgets, and a board at a serial port. */
async function setUp() {
    const served = await serve("agent")
    closing.push(served.close)
    const cable = await pty(served.port)
    closing.push(cable.close)
    const folder = mkdtempSync(join(tmpdir(), "heapscope-check-port-"))
    closing.push(() => rmSync(folder, { recursive: true }))
    const structures = {
        orders: { highWaterMark: 12, refused: 0 },
        "second.queue": { refused: 0 },
        nowhere: { refused: { limit: 0, level: "warning" } },
    }
    const budgets = {
        ...{ live: "30kB", largestFree: "63kB", churn: "10B/s", flash: "1MB", structures },
    }
    writeFileSync(join(folder, "heapscope.config.json"), JSON.stringify({ budgets }))
    const check = (...args: string[]) => heapscopeHere(["check", PROGRAM, ...args], { cwd: folder })
    return { ...served, path: cable.path, folder, check }
}

test("a board at a serial port is held to its budgets: kept, exceeded, not told, left out", async () => {
    const { path, folder, check, board } = await setUp()
    const { code, stdout, stderr } = await check(
        ...["--port", path, "--for", "5s", "--json", "--junit", "junit.xml"],
    )
    const report = JSON.parse(stdout) as BoardCheckReport
    expect(code).toBe(1)
    expect(report).toMatchObject({ schema: "heapscope/board-check@1", passed: false })
    expect(stderr).toMatch(/budgets\.flash .*cannot be told of a real board: it is the program's/)
    const verdicts = report.budgets.map(({ of, verdict }) => [
        /budgets\.([^ ]*)/.exec(of)![1],
        verdict,
    ])
    expect(Object.fromEntries(verdicts)).toEqual({
        live: "kept",
        largestFree: "exceeded",
        ...{ churn: "left out", flash: "left out" },
        "structures.nowhere.refused": "not told",
        "structures.orders.highWaterMark": "kept",
        "structures.orders.refused": "kept",
        "structures.second.queue.refused": "exceeded",
    })
    // The board itself is the oracle: what it says lies within the error.
    const { live } = report.figures
    const truth = board.simulated.tracker
    expect(live!.least).toBeLessThanOrEqual(truth.highWaterLiveBytes)
    expect(live!.most).toBeGreaterThanOrEqual(truth.liveBytes())
    expect(report.failures.map(({ figure }) => figure)).toEqual(["largestFree", "refused"])
    expect(report.warnings.map(({ figure }) => figure)).toEqual(["refused"])
    const junit = readFileSync(join(folder, "junit.xml"), "utf8")
    expect(junit).toContain('tests="9" failures="2"')
})

test("what does not go together, and a port that is none: one message, exit code 2", async () => {
    const { check } = await setUp()
    for (const [flags, message] of [
        [["--port", "/dev/nothing"], /\/dev\/nothing/],
        [["--port", "auto", "--heap", "16kB"], /--heap is of simulated boards/],
        [["--port", "auto", "--html", "a.html"], /--html is of simulated boards/],
        [["--port", "auto", "--board", "pico", "--board", "esp32s2"], /--port is one board/],
        [["--exact-every", "5s"], /--exact-every goes with --port/],
        [["--no-exact"], /--no-exact goes with --port/],
    ] as const) {
        const { code, stdout, stderr } = await check(...flags)
        expect(stderr).toMatch(message)
        expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    }
})
