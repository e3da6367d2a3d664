import * as v from "valibot"
import { ALL_CHECK_FIGURES, type CheckFigure } from "./check/figures"
import { FleetSchema, fleetSettingsAt } from "./fleet/fleet-config"
import { ScenarioSchema, scenarioNamesAt, type ScenarioFile } from "./scenario/scenario"

const text = v.pipe(v.string(), v.nonEmpty("It is empty"))
/** A time or size: with its unit as text, or in milliseconds or bytes. Its reader checks it. */
const quantity = v.union([text, v.number()], "Expected a text with a unit, or a number")

const limitText = v.union([text, v.number()], "Expected a value with its unit, or a change as +2%")

const budgetWithReason = v.strictObject({
    /** At most, or of what is better high at least: `20kB`, or `+2%`, `+256B` of the baseline. */
    limit: limitText,
    /** `warning` is told and passes. Default: `error`. */
    level: v.optional(v.picklist(["error", "warning"], "Expected error or warning")),
    /** Why it is what it is: wanted once it is looser than the baseline has it. */
    reason: v.optional(text),
})

/** A limit, or one with what is to be said of it. */
export type BudgetConfig = string | number | v.InferOutput<typeof budgetWithReason>

const budget = v.optional(
    v.lazy(input => (typeof input === "object" ? budgetWithReason : limitText)),
)

const structureBudgets = v.strictObject({ highWaterMark: budget, refused: budget })

const budgets = v.strictObject({
    ...(Object.fromEntries(ALL_CHECK_FIGURES.map(name => [name, budget])) as Record<
        CheckFigure,
        typeof budget
    >),
    /** By the way the program reaches it, or `*`: how full a structure of the library may get, what it may refuse. */
    structures: v.optional(v.record(text, structureBudgets)),
})

/** What figures may be, by their names. */
export type BudgetsConfig = { [K in CheckFigure]?: BudgetConfig | undefined } & {
    structures?:
        | Record<
              string,
              { highWaterMark?: BudgetConfig | undefined; refused?: BudgetConfig | undefined }
          >
        | undefined
}

const settings = {
    /** Boards to run on: ids, *.board.json files, or `all`. */
    boards: v.optional(v.union([v.literal("all"), v.array(text)], 'Expected a list, or "all"')),
    /** Simulated time to run: `10m`. */
    for: v.optional(quantity),
    /** A heap to impose in place of the board's. */
    heap: v.optional(quantity),
    /** Of all randomness, 0 to 4294967295. */
    seed: v.optional(v.number()),
    /** What the board is connected to: `made-up`, `strict` or `none`. */
    world: v.optional(text),
    /** What happens to it: a scenario's file, or the scenario itself. */
    scenario: v.optional(
        v.lazy(input => (typeof input === "object" ? ScenarioSchema : text)) as v.GenericSchema<
            string | ScenarioFile
        >,
    ),
    untilText: v.optional(text),
    failText: v.optional(text),
    timeout: v.optional(quantity),
    /** What may grow, by the name that a failed check gives it. */
    accept: v.optional(v.array(text)),
    budgets: v.optional(budgets),
}

const program = v.strictObject({ entry: text, ...settings })

/**
 * What a project's `heapscope.config.ts`, `.js` or `.json` says: which programs `heapscope check` runs, where
 * and how long, and what they may take. What a program says itself goes before what is said for all.
 */
export const ConfigSchema = v.strictObject({
    programs: v.optional(v.array(v.lazy(input => (typeof input === "string" ? text : program)))),
    ...settings,
    /** What `heapscope fleet` takes boards from, and where it gives their figures. */
    fleet: v.optional(FleetSchema),
})

type ProgramConfig = Omit<v.InferOutput<typeof program>, "budgets"> & {
    budgets?: BudgetsConfig | undefined
}

/** What the file's default export, or its JSON, is. */
export type Config = Omit<v.InferOutput<typeof ConfigSchema>, "programs" | "budgets"> & {
    budgets?: BudgetsConfig | undefined
    programs?: (string | ProgramConfig)[] | undefined
}

/** The settings that there may be at a place in the file, for who misspelled one. */
export function settingsAt(path: readonly PropertyKey[]): string[] {
    if (path[0] === "fleet" && path.length > 1) return fleetSettingsAt(path.slice(1))
    const scenario = path.indexOf("scenario")
    if (scenario >= 0 && scenario < path.length - 1)
        return scenarioNamesAt(path.slice(scenario + 1))
    const below = path.slice(path.indexOf("budgets") + 1)
    if (path.includes("budgets")) {
        if (below.length === 1) return Object.keys(budgets.entries)
        const isOfStructure = below[0] === "structures" && below.length === 3
        return Object.keys(isOfStructure ? structureBudgets.entries : budgetWithReason.entries)
    }
    return Object.keys(path.length > 1 ? program.entries : ConfigSchema.entries)
}
