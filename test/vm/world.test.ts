import { describe, expect, it } from "vitest"
import type { WorldMode } from "../../host/documents/world-report"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { makeWorld } from "../../host/simulator/world/world"
import { findBoard } from "../../host/boards/node/find-board"
import { printed, runProgram } from "./harness"

const libraries = loadWorldLibraries()
const world = (mode: WorldMode) => ({
    makeWorld: (seed: number) => makeWorld({ mode, seed, libraries }),
})

describe("services", () => {
    it("answers every role a program opens, says so, and the same each time", async () => {
        const first = await runProgram("thermostat-roles", world("made-up"))
        const { world: told, log, outcome } = first.report
        expect(outcome.kind).toBe("running")
        expect(told?.roles?.map(({ answeredBy }) => answeredBy)).toEqual(
            Array(3).fill("simulated device"),
        )
        expect(told?.unanswered).toEqual([])
        expect(JSON.stringify(first.report.judgement)).not.toContain("never came")
        const lines = printed(log)
        expect(lines.filter(line => line.endsWith(" degrees")).length).toBeGreaterThan(50)
        expect(lines.filter(line => line === "down").length).toBeGreaterThan(2)
        expect(told?.roles?.[1]?.commands).toBeGreaterThan(50)
        const second = await runProgram("thermostat-roles", world("made-up"))
        expect({ ...second.report, wall: 0 }).toEqual({ ...first.report, wall: 0 })
    })

    it("are nobody's in a strict world, and the verdict says so", async () => {
        const { report } = await runProgram("thermostat-roles", {
            ...world("strict"),
            forMs: 3_000,
        })
        expect(report.world?.roles?.map(({ answeredBy }) => answeredBy)).toEqual(
            Array(3).fill("nobody"),
        )
        expect(report.world?.madeUp).toEqual([])
        expect(report.judgement.kind).toBe("waiting")
        expect(report.judgement.headline).toContain("never came")
    })

    it("come to a program that ends before they are there", async () => {
        const { report } = await runProgram("switch-only", {
            ...world("made-up"),
            board: findBoard("pico"),
        })
        expect(report.outcome).toEqual({ kind: "finished", atMs: 10 })
        expect(report.world?.roles).toMatchObject([{ answeredBy: "the board itself" }])
        expect(JSON.stringify(report.judgement)).not.toContain("never came")
    })

    it("lets a program that only listens wait when nothing is connected", async () => {
        const { report } = await runProgram("thermostat-roles")
        expect(report.outcome.kind).toBe("running")
        expect(JSON.stringify(report.judgement)).toContain("never came")
        expect(report.simulated.ms).toBe(60_000)
    })
})

describe("memory", () => {
    it("is the same in a world that has nothing to do as without one, block for block", async () => {
        const board = findBoard("pico")
        const options = { board, forMs: 5_000 }
        const without = await runProgram("live-objects", options)
        for (const mode of ["none", "strict", "made-up"] as const) {
            const within = await runProgram("live-objects", { ...options, ...world(mode) })
            expect(within.blocks).toEqual(without.blocks)
            expect(within.report).toMatchObject({
                heap: without.report.heap,
                gc: without.report.gc,
                samples: without.report.samples,
            })
        }
    })
})

describe("network", () => {
    it("answers a request and is a broker, and names both as made up", async () => {
        const { report } = await runProgram("fetch-and-publish", world("made-up"))
        const lines = printed(report.log)
        expect(lines).toContain("200 true")
        expect(lines).toContain("garden/temperature true")
        expect(lines).toContain("garden/simulated true")
        expect(lines).toContain("over")
        expect(report.world?.madeUp).toEqual([
            "https://api.example.com (made-up answers)",
            "mqtt://broker.example.com:1883 (made-up answers)",
        ])
    })

    it("has nobody on it in a strict world, which takes its time", async () => {
        const { report } = await runProgram("fetch-and-publish", world("strict"))
        expect(report.outcome.panicName).toBe("unhandled-exception")
        expect(report.world?.madeUp).toEqual([])
    })
})
