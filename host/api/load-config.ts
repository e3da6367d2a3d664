import { existsSync } from "node:fs"
import { join } from "node:path"
import * as v from "valibot"
import { lineOf, placeInLiteral } from "../base/place-in-literal"
import { escapePattern } from "../base/escape-pattern"
import { UserError } from "../base/errors"
import { instead } from "../base/nearest"
import { shorten } from "../base/shorten"
import { readProjectCode, type ProjectCode, type TrustOptions } from "../compiler/node/trusted-code"
import { ConfigSchema, settingsAt, type Config } from "../documents/config"
import { readProjectValue } from "./project-value"

/** Where a project says what is to be checked: the first that is there. */
export const CONFIG_FILES = ["heapscope.config.ts", "heapscope.config.js", "heapscope.config.json"]

/** A project's configuration, and where in its file things are said. */
export interface LoadedConfig {
    config: Config
    /** `for (heapscope.config.ts:7)`, for messages; without a line where that is not certain. */
    where(path: readonly PropertyKey[]): string
    /** Its file, as people know it, and the text of that; undefined where there is none. */
    source?: Pick<ProjectCode, "name" | "text">
}

/** Of a folder that has none. */
export const NO_CONFIG: LoadedConfig = { config: {}, where: path => path.map(String).join(".") }

/**
 * The configuration of a folder, of none above it. JSON is data; the others are code, which runs when the
 * user trusts it.
 * @returns undefined when there is none
 * @throws UserError with file, line and the nearest right name, when there is something wrong in it
 */
export async function loadConfig(
    folder: string,
    trust: TrustOptions = {},
): Promise<LoadedConfig | undefined> {
    const [name, second] = CONFIG_FILES.filter(file => existsSync(join(folder, file)))
    if (name === undefined) return undefined
    if (second !== undefined) throw refuse(name, `there is a ${second}, too. Keep one of them.`)
    return loadConfigFile(folder, name, trust)
}

/**
 * The configuration that a file has, whatever it is called.
 * @throws as `loadConfig` does, and when there is no such file
 */
export async function loadConfigFile(
    folder: string,
    name: string,
    trust: TrustOptions = {},
): Promise<LoadedConfig> {
    const code = readProjectCode(folder, name)
    const where = (path: readonly PropertyKey[]) =>
        `${path.map(String).join(".")} (${placeOf(code, path)})`
    const value = await readProjectValue(code, trust, "E_CONFIG")
    const result = v.safeParse(ConfigSchema, value)
    // A name that is wrong is why another is missing.
    if (!result.success) throw explain(code, result.issues.find(isUnknownName) ?? result.issues[0])
    return { config: result.output as Config, where, source: code }
}

function explain(code: ProjectCode, issue: v.BaseIssue<unknown>): UserError {
    const path = (issue.path ?? []).map(({ key }) => key as PropertyKey)
    if (path.length === 0)
        return refuse(
            code.name,
            "it has to export an object as its default: defineConfig({ ... }).",
        )
    const why = isUnknownName(issue)
        ? `there is no such setting${instead(String(path.at(-1)), settingsAt(path))}`
        : `${shorten(issue.message)}.`
    return refuse(placeOf(code, path), `${shorten(path.map(String).join("."))}: ${why}`)
}

function isUnknownName({ expected }: v.BaseIssue<unknown>): boolean {
    return expected === "never"
}

/** The file, and the line of a setting unless it is said at several places: a wrong one is worse than none. */
function placeOf({ name, text }: ProjectCode, path: readonly PropertyKey[]): string {
    const place = placeInLiteral(text, path)
    if (place !== undefined) return `${name}:${lineOf(text, place)}`
    const key = String(path.findLast(part => typeof part === "string"))
    const places = [
        ...text.matchAll(new RegExp(`(?<![\\w.])["']?${escapePattern(key)}["']?\\s*:`, "g")),
    ]
    return places.length === 1 ? `${name}:${lineOf(text, places[0]!.index)}` : name
}

function refuse(where: string, why: string): UserError {
    return new UserError("E_CONFIG", `${where}: ${why}`)
}
