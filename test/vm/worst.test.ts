import { readdirSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { findWorst } from "../../host/api/worst"
import { loadScenario } from "../../host/api/load-scenario"
import { readRunSettings } from "../../host/api/run-settings"
import type { ScenarioFile } from "../../host/documents/scenario/scenario"
import type { Program } from "../../host/model/program/program"
import { run } from "../../host/simulator/run"
import { smallestHeap } from "../../host/tasks/smallest-heap"
import { build, fromRoot, vm } from "./harness"

/** Programs with a worst case that was planted: it keeps four buffers of 3,000 bytes and more. */
const names = readdirSync(fromRoot("test/vm/programs/worst"))
    .map(name => name.replace(/\.ts$/, ""))
    .sort()
const isLong = process.env["HEAPSCOPE_LONG"] !== undefined
const PLANTED_BYTES = 12_000
const RUNS = 200
/** Of 20, as many have to be found. */
const LEAST = 18

/** Whether a program says in a run that the planted case has come. */
async function plants(program: Program, said: ScenarioFile): Promise<boolean> {
    const scenario = await loadScenario(JSON.stringify(said), ".")
    const settings = readRunSettings({ board: "pico_w", scenario, heap: "64KiB" })
    const { report } = await run(vm, { ...settings, program })
    return report.log.some(({ text }) => text === "planted")
}

describe("the worst case", () => {
    it("is one line that runs it again", { timeout: 120_000 }, async () => {
        const program = await build("test/vm/programs/worst/burst-button.ts")
        const report = await findWorst(program, {
            ...{ for: "5s", runs: isLong ? RUNS : 6, board: "pico" },
        })
        expect(report.worst.highWaterLiveBytes).toBeGreaterThan(PLANTED_BYTES)
        expect(report.usual.highWaterLiveBytes).toBeLessThan(PLANTED_BYTES)
        const said = /--scenario '(.*)'$/.exec(report.worst.command)![1]!
        const heap = Number(/--heap (\d+)/.exec(report.worst.command)![1])
        const dies = async (heapBytes: number) => {
            const scenario = await loadScenario(said, ".")
            const settings = readRunSettings({ board: "pico", scenario, heap: heapBytes })
            const { report } = await run(vm, { ...settings, program })
            return report.outcome.kind === "panicked"
        }
        expect(heap).toBe(report.heap.smallestBytes)
        expect([await dies(heap), await dies(heap - 8)]).toEqual([false, true])
        for (const bytes of report.heap.tried.slice(0, 3)) expect(await dies(bytes)).toBe(false)
    })

    describe.runIf(isLong)("is found where it was planted", () => {
        const missed: string[] = []
        it.each(names)("%s", { timeout: 3_600_000 }, async name => {
            const program = await build(`test/vm/programs/worst/${name}.ts`)
            expect(await plants(program, { seed: 1, for: "20s" }), "as it goes").toBe(false)
            const report = await findWorst(program, { for: "20s", runs: RUNS, board: "pico_w" })
            const { worst, heap } = report
            const isFound = await plants(program, worst.scenario)
            if (!isFound) missed.push(name)
            console.log(
                `${isFound ? "found" : "MISSED"} ${name}: run ${worst.foundAtRun}, ${worst.highWaterLiveBytes} B, smallest heap ${heap.smallestBytes}, lucky ${heap.lucky.length}`,
            )
        })

        it(`in ${LEAST} of ${names.length}`, () => {
            expect(missed.length).toBeLessThanOrEqual(names.length - LEAST)
        })
    })
})

describe("the smallest heap", () => {
    /** @param deadly sizes on which it dies, though it lives on smaller ones */
    const find = (lives: (bytes: number) => boolean) =>
        smallestHeap(bytes => Promise.resolve(lives(bytes) ? undefined : "out-of-memory"))

    it("is exact", async () => {
        for (const least of [256, 264, 5_000, 20_480, 65_528, 65_536]) {
            const exact = Math.ceil(least / 8) * 8
            const found = await find(bytes => bytes >= least)
            expect(found.smallestBytes).toBe(exact)
            expect(found.lucky).toEqual([])
        }
    })

    it("is above every size that is deadly by bad luck, and names those", async () => {
        const found = await find(bytes => bytes >= 10_000 && (bytes < 10_016 || bytes > 10_040))
        expect(found.smallestBytes).toBe(10_048)
        expect(found.lucky).toContain(10_000)
        expect(found.deadly).toContain(10_040)
        expect(found.tried.every(bytes => bytes > 10_048)).toBe(true)
    })

    it("of what dies everywhere is none", async () => {
        expect(await find(() => false)).toMatchObject({ smallestBytes: null, deadly: [65_536] })
    })
})
