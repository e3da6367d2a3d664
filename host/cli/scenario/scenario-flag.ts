import type { Command } from "commander"
import { loadScenario } from "../../api/load-scenario"
import type { LoadedScenario } from "../../api/scenario/loaded-scenario"
import { askTrust } from "../ask-trust"
import type { CommandContext } from "../command-context"

export const SCENARIO_OPTIONS = [
    [
        "--scenario <file>",
        "what the board is connected to and what happens to it, step by step: a .json, .ts or .js file, or a recording of a real board; exit 1 when a step fails or never comes",
    ],
    ["--trust-config", "run a scenario or configuration in .ts or .js without asking"],
] as const

interface Flags {
    scenario?: string | LoadedScenario
    trustConfig?: boolean
    json?: boolean
    for?: string
    seed?: string
    heap?: string
    world?: string
}

/** What a scenario says where no flag does. */
const SAID = ["for", "seed", "heap", "world"] as const

/**
 * The flags with their scenario read, and with what it says of the run where no flag does.
 * @param isGiven whether the user gave a flag
 * @throws UserError for a scenario that is wrong
 */
export async function withScenario<T extends Flags>(
    flags: T,
    isGiven: (flag: string) => boolean,
    context: Pick<CommandContext, "cwd" | "stderr" | "signal">,
): Promise<T> {
    if (typeof flags.scenario !== "string") return flags
    const scenario = await loadScenario(flags.scenario, context.cwd, {
        isAllowed: flags.trustConfig === true,
        ask: askTrust(context, flags.json),
    })
    const { said } = scenario
    const taken = SAID.filter(name => said[name] !== undefined && !isGiven(name)).map(name => {
        const value = said[name]!
        return [name, name === "for" && typeof value === "number" ? `${value}ms` : String(value)]
    })
    return { ...flags, ...Object.fromEntries(taken), scenario } as T
}

/** Whether a flag of a command was given, and is not its default. */
export function givenIn(command: Command): (flag: string) => boolean {
    return flag => command.getOptionValueSource(flag) === "cli"
}
