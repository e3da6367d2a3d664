import { resolve } from "node:path"
import type { Config } from "../documents/config"
import { planChecks, type CheckOptions, type PlannedCheck } from "./check"
import type { ConfiguredScenario } from "./configured-scenarios"
import type { LoadedConfig } from "./load-config"
import type { LoadedScenario } from "./load-scenario"
import type { NameOf } from "./run-settings"

/** What a config says of runs, for all programs or for one. */
type Settings = Omit<Config, "programs">

/**
 * The checks of a project: its configuration's programs, or those that are named, each with what the
 * configuration says of it. What was given otherwise goes before all that.
 * @param fallback the program where neither names one
 * @throws UserError naming the setting, and where it was made
 */
export function planConfigured(
    entries: readonly string[],
    { config, where }: LoadedConfig,
    { cwd = ".", onNotice, ...given }: CheckOptions,
    fallback: string,
    nameOf: NameOf,
    scenarioOf: (said: ConfiguredScenario) => LoadedScenario = () => undefined as never,
): PlannedCheck<string>[] {
    const { programs = [], ...common } = config
    const asOptions = (of: Settings) => optionsOf(of, scenarioOf)
    const listed = programs.map((one, index) => {
        const { entry, ...own } = typeof one === "string" ? { entry: one } : one
        return { entry, own: own as Settings, index }
    })
    const named = entries.map(
        entry => listed.find(one => resolve(cwd, one.entry) === resolve(cwd, entry)) ?? only(entry),
    )
    const chosen = named.length > 0 ? named : listed.length > 0 ? listed : [only(fallback)]
    return chosen.flatMap(({ entry, own, index }) => {
        const options = { ...asOptions(common), ...asOptions(own), ...defined(given) }
        const name: NameOf = setting => {
            if (setting in defined(given)) return nameOf(setting)
            const budget = BUDGETS[setting as keyof typeof BUDGETS]
            const path = budget === undefined ? [setting] : ["budgets", budget]
            if (setting in asOptions(own)) return where(["programs", index, ...path])
            return setting in asOptions(common) ? where(path) : nameOf(setting)
        }
        return planChecks([entry], { ...options, cwd, ...(onNotice && { onNotice }) }, name)
    })
}

/** What a check calls each budget, and a configuration. */
const BUDGETS = {
    ...{ maxLive: "live", maxBoardTime: "boardTime", maxCalls: "calls" },
    ...{ maxFrames: "frames", maxTurn: "turn" },
} as const

/** A program that the configuration does not list. */
function only(entry: string) {
    return { entry, own: {} as Settings, index: -1 }
}

function optionsOf(
    { budgets, scenario, ...settings }: Settings,
    scenarioOf: (said: ConfiguredScenario) => LoadedScenario,
): CheckOptions {
    const names = Object.entries(BUDGETS) as [string, keyof NonNullable<typeof budgets>][]
    const limits = names.map(([setting, name]) => [setting, budgets?.[name]])
    const loaded = scenario === undefined ? {} : { scenario: scenarioOf(scenario) }
    return defined({ ...settings, ...loaded, ...Object.fromEntries(limits) }) as CheckOptions
}

/** Without what nobody gave. */
function defined<T extends object>(options: T): Partial<T> {
    return Object.fromEntries(
        Object.entries(options).filter(([, value]) => value !== undefined),
    ) as Partial<T>
}
