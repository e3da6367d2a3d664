import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { CheckReport } from "../../host/documents/check/report"
import type { CompareReport } from "../../host/documents/compare-report"
import type { SimReport } from "../../host/documents/sim-report"
import type { MemoryEvent } from "../../host/model/events"
import { heapscopeHere } from "./command"

const PROGRAM = "test/vm/programs/scenario-house.ts"
let folder: string
let scenario: string

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-scenario-"))
    scenario = join(folder, "evening.scenario.json")
    writeFileSync(
        scenario,
        JSON.stringify({
            for: "10s",
            seed: 7,
            devices: { outside: { reading: "wander 0..30" } },
            servers: [{ host: "*", size: "3kB" }],
            steps: [
                { after: "ready", press: "doorbell", times: 3, every: "300ms" },
                { expectLog: "rings 3" },
                { at: "4s", wifi: "drop" },
                { turn: "dial", by: 2 },
            ],
        }),
    )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await heapscopeHere([...args, "--scenario", scenario])
    expect(stderr).not.toContain("heapscope:")
    expect(code).toBe(0)
    return stdout
}

describe("a scenario", () => {
    it("gives the same figures, whoever runs it", { timeout: 60_000 }, async () => {
        const sim = JSON.parse(await run("sim", PROGRAM, "--json")) as SimReport
        expect(sim.scenario!.passed).toBe(true)
        const { heap, gc, boardTime } = sim

        const watched = (await run("watch", "--sim", PROGRAM, "--json", "--speed", "max"))
            .trim()
            .split("\n")
            .map(line => JSON.parse(line) as MemoryEvent)
        expect(watched.find(({ kind }) => kind === "end")).toMatchObject({ heap, gc })

        const checked = JSON.parse(await run("check", PROGRAM, "--json")) as CheckReport
        expect(checked.checks[0]!.report).toMatchObject({ heap, gc, boardTime })

        const compared = JSON.parse(
            await run("compare", PROGRAM, PROGRAM, "--json"),
        ) as CompareReport
        for (const side of [compared.a, compared.b])
            expect(side).toMatchObject({ heap, gc, boardTime })

        const profile = JSON.parse(await run("profile", PROGRAM, "--json")) as {
            total: { bytes: number; allocations: number }
        }
        expect(profile.total).toMatchObject({
            bytes: gc.allocatedBytes,
            allocations: gc.allocations,
        })

        // Without a moment of its own a snapshot is of the scenario's end.
        const snapshot = JSON.parse(await run("snapshot", PROGRAM, "--json")) as {
            taken: { atMs: number }
            heap: { usedBytes: number }
        }
        expect(snapshot.taken.atMs).toBe(10_000)
        expect(snapshot.heap.usedBytes).toBe(heap.usedBytes)
        await run("snapshot", PROGRAM, "--json", "--at", "1s")
    })

    it.runIf(process.env.HEAPSCOPE_LONG)(
        "is the same in threads, on all boards at once",
        { timeout: 60_000 },
        async () => {
            const boards = ["--board", "pico", "--board", "pico_w"]
            const [inThreads, inTurn] = await Promise.all(
                ["2", "1"].map(async jobs => {
                    const { stdout } = await heapscopeHere(
                        ["check", PROGRAM, ...boards, "--jobs", jobs, "--json"].concat(
                            ...["--scenario", scenario],
                        ),
                    )
                    return (JSON.parse(stdout) as CheckReport).checks.map(check => ({
                        ...check,
                        report: { ...check.report, wall: 0 },
                    }))
                }),
            )
            expect(inThreads!.map(({ report }) => report.scenario!.steps.length > 0)).toEqual([
                ...[true, true],
            ])
            expect(inThreads).toEqual(inTurn)
        },
    )
})
