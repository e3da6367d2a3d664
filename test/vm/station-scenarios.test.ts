import { expect, it } from "vitest"
import { loadScenario } from "../../host/api/load-scenario"
import { readRunSettings } from "../../host/api/run-settings"
import { run } from "../../host/simulator/run"
import { build, fromRoot, vm } from "./harness"

it.each([
    ["main", "rush-hour"],
    ["connected", "evening"],
])("the station (%s.ts) gets through its %s", { timeout: 60_000 }, async (entry, name) => {
    const program = await build(`devs/station/${entry}.ts`)
    const scenario = await loadScenario(`devs/station/${name}.scenario.json`, fromRoot())
    const { report } = await run(vm, { ...readRunSettings({ scenario }, program), program })
    expect(report.scenario!.steps.filter(({ state }) => state !== "done")).toEqual([])
    expect(report.judgement.severity).toBe("good")
})
