import type { ScenarioFile } from "../documents/scenario/scenario"

export type { ScenarioFile as Scenario } from "../documents/scenario/scenario"

/**
 * A scenario, with its types checked as it is written:
 * `export default defineScenario({ steps: [{ at: "10s", press: "button" }] })`.
 */
export function defineScenario(scenario: ScenarioFile): ScenarioFile {
    return scenario
}
