import { resolve } from "node:path"
import type { CheckFigure } from "../documents/check/figures"
import type { BudgetsConfig, Config } from "../documents/config"
import { planChecks, type CheckOptions, type PlannedCheck } from "./check"
import type { ConfiguredScenario } from "./configured-scenarios"
import type { LoadedConfig } from "./load-config"
import type { LoadedScenario } from "./scenario/loaded-scenario"
import { readBudgets, type BudgetNameOf } from "./check/read-budget"
import type { NameOf } from "./run-settings"

/** What a config says of runs, for all programs or for one. */
type Settings = Omit<Config, "programs" | "fleet">

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
    const { programs = [], fleet: _, ...common } = config
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
        const options = {
            ...{ ...asOptions(common), ...asOptions(own), ...defined(given) },
            budgets: mergedBudgets(common.budgets, own.budgets, given.budgets),
        } as CheckOptions
        const name: NameOf = setting => {
            if (setting in defined(given)) return nameOf(setting)
            if (setting in defined(own)) return where(["programs", index, setting])
            return setting in defined(common) ? where([setting]) : nameOf(setting)
        }
        const budgetName: BudgetNameOf = path => {
            if (hasBudget(given.budgets, path)) return `${nameOf("budget")} ${path.join(".")}`
            const isOwn = hasBudget(own.budgets, path)
            return where([...(isOwn ? ["programs", index] : []), "budgets", ...path])
        }
        return planChecks(
            [entry],
            { ...options, cwd, ...(onNotice && { onNotice }) },
            name,
            budgetName,
        )
    })
}

/**
 * Checks with the budgets that another configuration has for them. What is not said there, as on the command
 * line, is as it is here.
 */
export function configuredBudgets(
    planned: readonly PlannedCheck<string>[],
    { config, where }: LoadedConfig,
): PlannedCheck<string>[] {
    return planned.map(one => {
        const listed = (config.programs ?? []).find(
            program => typeof program === "object" && program.entry === one.program,
        )
        const own = typeof listed === "object" ? listed.budgets : undefined
        const budgets = readBudgets(mergedBudgets(config.budgets, own), path =>
            where(["budgets", ...path]),
        )
        return { ...one, expected: { ...one.expected, budgets } }
    })
}

/** Figure by figure, what is said last goes before the others. */
function mergedBudgets(...all: (BudgetsConfig | undefined)[]): BudgetsConfig {
    const structures = Object.assign({}, ...all.map(one => one?.structures ?? {})) as NonNullable<
        BudgetsConfig["structures"]
    >
    return Object.assign({}, ...all.map(one => defined(one ?? {})), { structures }) as BudgetsConfig
}

function hasBudget(budgets: BudgetsConfig | undefined, [first, structure]: readonly string[]) {
    if (first !== "structures") return budgets?.[first as CheckFigure] !== undefined
    return budgets?.structures?.[structure!] !== undefined
}

/** A program that the configuration does not list. */
function only(entry: string) {
    return { entry, own: {} as Settings, index: -1 }
}

/** What is said of runs, with its scenario read. */
function optionsOf(
    { scenario, ...settings }: Settings,
    scenarioOf: (said: ConfiguredScenario) => LoadedScenario,
) {
    return defined({
        ...settings,
        ...(scenario !== undefined && { scenario: scenarioOf(scenario) }),
    })
}

/** Without what nobody gave. */
function defined<T extends object>(options: T): Partial<T> {
    return Object.fromEntries(
        Object.entries(options).filter(([, value]) => value !== undefined),
    ) as Partial<T>
}
