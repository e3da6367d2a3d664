import { basename, relative } from "node:path"
import * as v from "valibot"
import { UserError } from "../../base/errors"
import { packageRoot } from "../../base/node/package-root"
import { readText } from "../../base/node/read-file"
import { withSlashes } from "../../base/node/with-slashes"
import { parseDuration } from "../../base/parse-units"
import { ScenarioSchema } from "../../documents/scenario/scenario"
import type { Program } from "../../model/program/program"
import { loadWorldLibraries } from "../../simulator/node/load-world-libraries"
import { readScenario } from "../../simulator/scenario/read-scenario"
import { Reading } from "../../simulator/scenario/reading"
import type { Scenario } from "../../simulator/scenario/scenario"
import { wantsOf } from "../../simulator/world/program-wants"
import { makeWorld, type World } from "../../simulator/world/world"
import type { Lesson } from "./catalogue"

/** What happens to the programs of a lesson. */
export interface Setting {
    scenario: Scenario
    /** How long that takes, in simulated milliseconds. */
    forMs: number
    /** Makes what a board is connected to, anew for each run. */
    makeWorld(seed: number, program: Program): World
}

/**
 * The evening that a lesson's programs go through; undefined for most, which need nobody but themselves.
 * It is data, and names no other file: the lessons run on boards without pins, with a bus.
 * @throws UserError when something is wrong in the scenario
 */
export function settingOf({ scenario: path }: Pick<Lesson, "scenario">): Setting | undefined {
    if (path === undefined) return undefined
    const name = withSlashes(relative(packageRoot(), path))
    const said = v.parse(ScenarioSchema, JSON.parse(readText(path)))
    const refuse = (): never => {
        throw new UserError("E_SCENARIO", `${basename(path)} names a file: a lesson's cannot.`)
    }
    const files = { text: refuse, bytes: refuse, picture: refuse, recorded: refuse }
    const reading = new Reading(files, at => `${name}: ${at.map(String).join(".")}`, new Map(), "")
    const forMs = parseDuration(String(said.for))
    const scenario = readScenario(reading, name, said, forMs)
    const libraries = loadWorldLibraries()
    return {
        ...{ scenario, forMs },
        makeWorld: (seed, program) =>
            makeWorld({
                ...{ mode: "made-up", seed, libraries },
                ...{ wants: wantsOf(program), plan: scenario.plan },
            }),
    }
}
