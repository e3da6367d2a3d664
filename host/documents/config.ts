import * as v from "valibot"
import { ScenarioSchema, scenarioNamesAt, type ScenarioFile } from "./scenario/scenario"

const text = v.pipe(v.string(), v.nonEmpty("It is empty"))
/** A time or size: with its unit as text, or in milliseconds or bytes. Its reader checks it. */
const quantity = v.union([text, v.number()], "Expected a text with a unit, or a number")

const budgets = v.strictObject({
    /** The most that may be live at once. */
    live: v.optional(quantity),
    /** The most board time over the run. */
    boardTime: v.optional(quantity),
    /** The most calls that may be open at once, of the VM's 100. */
    calls: v.optional(v.number()),
    /** The most bytes that the frames of a fiber's calls may take. */
    frames: v.optional(quantity),
    /** The most instructions without waiting, of the VM's 131,072. */
    turn: v.optional(v.number()),
})

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
})

type ProgramConfig = v.InferOutput<typeof program>

/** What the file's default export, or its JSON, is. */
export type Config = Omit<v.InferOutput<typeof ConfigSchema>, "programs"> & {
    programs?: (string | ProgramConfig)[] | undefined
}

/** The settings that there may be at a place in the file, for who misspelled one. */
export function settingsAt(path: readonly PropertyKey[]): string[] {
    const scenario = path.indexOf("scenario")
    if (scenario >= 0 && scenario < path.length - 1)
        return scenarioNamesAt(path.slice(scenario + 1))
    if (path.at(-2) === "budgets") return Object.keys(budgets.entries)
    return Object.keys(path.length > 1 ? program.entries : ConfigSchema.entries)
}
