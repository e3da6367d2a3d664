import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as v from "valibot"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { loadScenario } from "../../host/api/load-scenario"
import { readRunSettings } from "../../host/api/run-settings"
import { ScenarioSchema } from "../../host/documents/scenario/scenario"
import type { Program } from "../../host/model/program/program"
import { run } from "../../host/simulator/run"
import { shownIn } from "../../host/simulator/world/shown"
import type { World } from "../../host/simulator/world/world"
import { toPng } from "../../host/sinks/files/png"
import { build, fromRoot, vm } from "./harness"

const page = readFileSync(fromRoot("host/SCENARIOS.md"), "utf8")
const examples = [...page.matchAll(/^```(json|ts)\n([^]*?)^```$/gm)].map(([, type, text]) => ({
    type: type!,
    text: text!,
}))
const inTables = [...page.matchAll(/^\| (`\{.*?\}`(?:, `\{.*?\}`)?) +\|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`(\{.*?\})`/g)].map(([, text]) => text!),
)

let folder: string
let program: Program

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-scenario-"))
    program = await build("scenario-house")
    writeFileSync(join(folder, "menu.txt"), "tomato soup\n")
    writeFileSync(join(folder, "day.csv"), "time,attic\n0,12\n5s,30\n")
    writeFileSync(join(folder, "screen.png"), await screenAt33Degrees())
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function scenarioOf(name: string, text: string) {
    writeFileSync(join(folder, name), text)
    return loadScenario(name, folder, { isAllowed: true })
}

/** What the display shows when the room has that, of a run of its own. */
async function screenAt33Degrees(): Promise<Uint8Array> {
    const scenario = await scenarioOf("warm.json", '{ "signals": { "temperature": 33 } }')
    const { makeWorld, ...settings } = readRunSettings({ board: "pico", for: "5s", scenario })
    let world: World | undefined
    const made = (seed: number, of: Program) => (world = makeWorld(seed, of))
    await run(vm, { ...settings, program, makeWorld: made })
    return toPng(shownIn(world!)[0]!.picture!)
}

describe("the page about scenarios", () => {
    it("has its examples", () => {
        expect(examples.length).toBe(6)
        expect(inTables.length).toBe(16)
    })

    it.each(examples.map(({ type, text }, i) => ({ name: `example-${i}.scenario.${type}`, text })))(
        "$name goes as it says",
        async ({ name, text }) => {
            const scenario = await scenarioOf(name, text)
            const settings = readRunSettings({
                ...{ board: "pico", scenario },
                ...(scenario.said.for === undefined && { for: "20s" }),
            })
            const { report } = await run(vm, { ...settings, program })
            const missed = report.scenario!.steps.filter(({ state }) => state !== "done")
            expect(missed).toEqual([])
            expect(report.scenario!.passed).toBe(true)
            expect(report.scenario!.steps.every(({ where }) => /:\d+$/.test(where))).toBe(true)
        },
    )

    it.each(inTables)("%s is a step", text => {
        const steps = [JSON.parse(text) as object]
        expect(v.safeParse(ScenarioSchema, { steps }).success).toBe(true)
    })
})
