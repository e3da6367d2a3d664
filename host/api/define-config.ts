import type { Config } from "../documents/config"

export type { Config } from "../documents/config"
export { defineScenario, type Scenario } from "./define-scenario"

/**
 * The configuration of a project, with its types checked as it is written:
 * `export default defineConfig({ boards: ["pico"], budgets: { live: "20kB" } })`.
 */
export function defineConfig(config: Config): Config {
    return config
}
