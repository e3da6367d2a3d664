import { expect, it } from "vitest"
import { findBoard } from "../../host/boards/node/find-board"
import { evaluateJacdac, loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import type { WorldLibraries } from "../../host/simulator/world/libraries/library"
import { SharedJacdacs } from "../../host/simulator/world/libraries/shared-jacdac"
import { makeWorld } from "../../host/simulator/world/world"
import { runProgram } from "./harness"

const PROGRAMS = ["thermostat-roles", "scenario-house", "recorded-day", "devs/station/main.ts"]

it("reports the same of a program whose world has its library after others, and beside others", async () => {
    const { mqtt } = loadWorldLibraries()
    const newLibraries = () => ({
        mqtt,
        jacdac: new SharedJacdacs(evaluateJacdac),
    })
    const reportOf = async (name: string, libraries: WorldLibraries) => {
        const { report } = await runProgram(name, {
            board: findBoard("pico"),
            forMs: 8_000,
            makeWorld: seed => makeWorld({ mode: "made-up", seed, libraries }),
        })
        return { ...report, wall: 0 }
    }
    const taken = ({ mqtt, jacdac }: ReturnType<typeof newLibraries>): WorldLibraries => ({
        mqtt,
        jacdac: services => jacdac.for(services),
    })
    const alone = []
    for (const name of PROGRAMS) alone.push(await reportOf(name, taken(newLibraries())))
    expect(alone.every(({ world }) => (world?.roles ?? []).length > 0)).toBe(true)
    const shared = taken(newLibraries())
    for (const [index, name] of [...PROGRAMS.entries()].reverse())
        expect(await reportOf(name, shared)).toEqual(alone[index])
    const beside = await Promise.all(PROGRAMS.map(name => reportOf(name, shared)))
    expect(beside).toEqual(alone)
})
