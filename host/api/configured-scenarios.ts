import type { TrustOptions } from "../compiler/node/trusted-code"
import type { ScenarioFile } from "../documents/scenario/scenario"
import type { LoadedConfig } from "./load-config"
import { checkScenario, loadScenario } from "./load-scenario"
import type { LoadedScenario } from "./scenario/loaded-scenario"

/** A scenario that a configuration names, or says itself. */
export type ConfiguredScenario = string | ScenarioFile

/**
 * Reads all scenarios of a configuration.
 * @param trust of its files in `.ts` or `.js`
 * @returns finds the one that a setting names or says
 * @throws UserError for one that is wrong
 */
export async function readConfiguredScenarios(
    { config, source }: LoadedConfig,
    cwd: string,
    trust: TrustOptions,
): Promise<(said: ConfiguredScenario) => LoadedScenario> {
    const { programs = [] } = config
    const settings = [
        { said: config.scenario, at: ["scenario"] },
        ...programs.map((one, index) => ({
            said: typeof one === "string" ? undefined : one.scenario,
            at: ["programs", index, "scenario"],
        })),
    ]
    const read = new Map<ConfiguredScenario, LoadedScenario>()
    for (const { said, at } of settings) {
        if (said === undefined || read.has(said)) continue
        read.set(
            said,
            typeof said === "string"
                ? await loadScenario(said, cwd, trust)
                : checkScenario(source!.name, said, { text: source!.text, folder: cwd, at }),
        )
    }
    return said => read.get(said)!
}
