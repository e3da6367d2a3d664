import { expect, it } from "vitest"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { makeWorld } from "../../host/simulator/world/world"
import type { WorldMode } from "../../host/documents/world-report"
import { printed, runProgram } from "./harness"

const libraries = loadWorldLibraries()

const onCloud = (mode: WorldMode) =>
    runProgram("cloud-adapter", {
        makeWorld: (seed: number) => makeWorld({ mode, seed, libraries }),
    })

it("takes what the board's own cloud adapter uploads, and tells it something", async () => {
    const { report } = await onCloud("made-up")
    const lines = printed(report.log)
    expect(lines[0]).toBe("connected true")
    expect(lines.slice(1, 3)).toEqual(['json simulated {"value":1}', "binary simulated 1"])
    expect(report.world?.roles).toMatchObject([{ answeredBy: "the board itself" }])
    expect(report.world?.hosts).toMatchObject([
        { url: "DeviceScript cloud", answeredBy: "made-up server", connections: 1, requests: 2 },
    ])
    expect(report.judgement.headline).toMatch(/^in a made-up world: /)
})

it("is not reached in a strict world, and the verdict says so", async () => {
    const { report } = await onCloud("strict")
    expect(printed(report.log)).toEqual(["connected false"])
    expect(report.judgement).toMatchObject({ kind: "waiting", severity: "warning" })
    expect(report.judgement.headline).toContain("nobody answered DeviceScript cloud")
})
