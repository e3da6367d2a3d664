import { existsSync, realpathSync } from "node:fs"
import { basename, dirname, join, resolve, sep } from "node:path"
import { decode } from "fast-png"
import * as v from "valibot"
import { UserError } from "../base/errors"
import { readBytes, readText } from "../base/node/read-file"
import { instead } from "../base/nearest"
import { lineOf, placeInLiteral } from "../base/place-in-literal"
import { shorten } from "../base/shorten"
import type { Board } from "../boards/board"
import { readProjectCode, type TrustOptions } from "../compiler/node/trusted-code"
import { ScenarioSchema, scenarioNamesAt } from "../documents/scenario/scenario"
import type { Picture } from "../model/shown"
import { checkRoles, readScenario } from "../simulator/scenario/read-scenario"
import { Reading, type Path, type ScenarioFiles } from "../simulator/scenario/reading"
import { readProjectValue } from "./project-value"
import type { LoadedScenario, SaidPlace, ScenarioOrigin } from "./scenario/loaded-scenario"
import { readingsIn, readingsOfService } from "./scenario/recorded-readings"
import { recordedScenario } from "./scenario/recorded-scenario"

/** The largest file that a scenario names, in bytes. */
const MAX_BYTES = 16_000_000

/**
 * Reads a scenario file, or a scenario that stands in its place as JSON; or a recording of a real board,
 * whose day it is. JSON is data; `.ts` and `.js` are code, which runs when the user trusts it.
 * @throws UserError with file, line and the nearest right name, when there is something wrong in it
 */
export async function loadScenario(
    file: string,
    cwd: string,
    trust: TrustOptions = {},
): Promise<LoadedScenario> {
    if (file.startsWith("{")) return inline(file, cwd)
    const path = resolve(cwd, file)
    if (!existsSync(path)) throw new UserError("E_NO_FILE", `${file} does not exist.`)
    if (!/\.(json|ts|js)$/.test(file)) return recordedScenario(file, path)
    const code = { ...readProjectCode(dirname(path), basename(path)), name: file }
    return checkScenario(file, await readProjectValue(code, trust, "E_SCENARIO"), {
        ...{ text: code.text, folder: dirname(code.path) },
    })
}

/** A scenario in place of its file's name, as `--worst` prints it. */
function inline(text: string, folder: string): LoadedScenario {
    let value: unknown
    try {
        value = JSON.parse(text)
    } catch (error) {
        const why = shorten((error as Error).message)
        throw new UserError("E_SCENARIO", `a scenario that is no file's name is JSON: ${why}.`)
    }
    return checkScenario("scenario", value, { text, folder })
}

/**
 * A scenario of what a file says.
 * @param of the file's text, to find lines in, where in it the scenario is, and the folder of what it names
 * @throws UserError as `loadScenario` does
 */
export function checkScenario(file: string, value: unknown, of: SaidPlace): LoadedScenario {
    const { text, folder, at = [] } = of
    const where = (path: Path) => {
        const place = placeInLiteral(text, [...at, ...path])
        return place === undefined ? file : `${file}:${lineOf(text, place)}`
    }
    const result = v.safeParse(ScenarioSchema, Array.isArray(value) ? undefined : value)
    if (!result.success) throw explain(result.issues, where)
    const said = result.output
    const files = filesIn(folder)
    const read = ({ id, definition }: Pick<Board, "id" | "definition">) =>
        new Reading(files, where, pinsOf(definition), id)
    return {
        ...{ file, said, folder, origin: { kind: "said", file, value, of } },
        on: (board, forMs) => readScenario(read(board), file, said, forMs),
        check: (bytecode, board) => checkRoles(said, bytecode, read(board)),
    }
}

/** The same scenario once more, as in another thread. */
export function scenarioAgain(origin: ScenarioOrigin): LoadedScenario {
    return origin.kind === "said"
        ? checkScenario(origin.file, origin.value, origin.of)
        : recordedScenario(origin.file, origin.path)
}

function pinsOf(definition: Board["definition"]): ReadonlyMap<string, number> {
    const pins = (definition as { pins?: Record<string, unknown> }).pins ?? {}
    const known = Object.entries(pins).filter((pin): pin is [string, number] =>
        Number.isInteger(pin[1]),
    )
    return new Map(known)
}

/** What is beside a scenario: in its folder, and nowhere else. */
function filesIn(folder: string): ScenarioFiles {
    const pathOf = (name: string): string => {
        const path = join(folder, name)
        if (!existsSync(path)) throw new UserError("E_NO_FILE", `${name} does not exist.`)
        if (!realpathSync(path).startsWith(realpathSync(folder) + sep))
            throw new UserError("E_SCENARIO", `${name} is not in the scenario's folder.`)
        return path
    }
    // Each is read once, however many signals are in it, and boards feel them.
    const recordings = new Map<string, ReturnType<typeof readingsIn>>()
    return {
        text: name => readText(pathOf(name), name, MAX_BYTES),
        bytes: name => new Uint8Array(readBytes(pathOf(name), name, MAX_BYTES)),
        recorded(name, service) {
            const path = pathOf(name)
            const known = recordings.get(path) ?? readingsIn(path)
            recordings.set(path, known)
            return readingsOfService(known, name, service)
        },
        picture: name => pictureOf(readBytes(pathOf(name), name, MAX_BYTES), name),
    }
}

function pictureOf(bytes: Uint8Array, name: string): Picture {
    let png
    try {
        png = decode(bytes)
    } catch {
        throw new UserError("E_SCENARIO", `${name} is no PNG file.`)
    }
    const { width, height, channels, depth, data } = png
    if (depth !== 8 || channels < 3)
        throw new UserError(
            "E_SCENARIO",
            `${name} has no eight bits of red, green and blue: take one of --png.`,
        )
    const rgb = new Uint8Array(width * height * 3)
    for (let i = 0; i < rgb.length; i++) rgb[i] = data[Math.floor(i / 3) * channels + (i % 3)]!
    return { width, height, rgb }
}

function explain(
    issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
    where: (path: Path) => string,
): UserError {
    // A name that is wrong is why another is missing.
    const issue = issues.find(({ expected }) => expected === "never") ?? issues[0]
    const path = (issue.path ?? []).map(({ key }) => key as PropertyKey)
    if (path.length === 0)
        return new UserError(
            "E_SCENARIO",
            `${where([])}: it has to be an object, or to export one as its default: defineScenario({ ... }).`,
        )
    const name = String(path.at(-1))
    const why =
        issue.expected === "never"
            ? `there is no ${name}${instead(name, scenarioNamesAt(path))}`
            : issue.received === "undefined"
              ? "it is missing."
              : `${shorten(issue.message)}, not ${shorten(issue.received, 40)}.`
    return new UserError(
        "E_SCENARIO",
        `${where(path)}: ${shorten(path.map(String).join("."))}: ${why}`,
    )
}
