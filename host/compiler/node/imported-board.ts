import { existsSync, readdirSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import type { Board } from "../../boards/board"
import type { BoardNeeds } from "../../model/program/program"
import { BOARD_FILE_SUFFIX } from "../../boards/board-file"
import { findBoard, loadBoardFile } from "../../boards/node/find-board"
import { boardOfDriver, isI2cDriver } from "../../boards/node/official-boards"
import { UserError } from "../../base/errors"
import { readText } from "../../base/node/read-file"
import { MAX_SOURCE_BYTES } from "./disk-files"
import { findProject, resolveEntry } from "./project"

const IMPORT = /\b(?:from|import)\s*["']([^"'\n]+)["']/g
const LIBRARY_NAMES = /\bimport\s*\{([^}]*)\}\s*from\s*["']@devicescript\//g
/** `configureHardware({ i2c: { pinSDA: ... } })` */
const NAMES_PINS = /\bconfigureHardware\s*\([^)]*\bi2c\s*:/
/** `ds.gpio(7)` */
const GPIO = /\bgpio\s*\(\s*(\d+)\s*\)/g
/** `pins.GP7`, of `@dsboard/...`. */
const PIN_NAMES = /\bpins\s*\.\s*([A-Za-z]\w*)/g
/** `[7, 8].map(gpio)` */
const GPIOS = /\[([\d\s,]+)\]\s*\.\s*map\s*\(\s*(?:\w+\.)?gpio\s*\)/g
/** `startPotentiometer({ pin: gpio(3) })` */
const ANALOG_GPIO =
    /\bstart(?:Potentiometer|LightLevel|ReflectedLight|SoilMoisture|SoundLevel|WaterLevel)\s*\([^)]*?\bpin\s*:\s*(?:\w+\.)?gpio\s*\(\s*(\d+)/g
/** `hwConfig: { type: LedStripLightType.WS2812B_GRB, pin }`; those over SPI are called APA102. */
const LIGHTS_STRIP = /\bLedStripLightType\s*\.\s*(?:WS|SK)\w+/
const COMMENT = /\/\*[^]*?\*\/|(?<!:)\/\/[^\n]*/g
const BOARD = /^@dsboard\/(\w+)$/

/**
 * The board a program is written for: the one that its entry, or a file that comes with it, imports as
 * `@dsboard/<id>`, or that a driver is for which it imports; for a program that names none, the one that
 * its project defines, if that is one alone. Undefined for other programs, and for bytecode, which does
 * not tell.
 * @throws UserError when there is no such entry
 */
export function importedBoard(entry: string, cwd: string): string | undefined {
    return boardIn(sourcesOf(entry, cwd), entry, cwd)
}

/**
 * What `importedBoard` and `boardNeeds` tell, its files read once.
 * @throws UserError when there is no such entry
 */
export function writtenFor(entry: string, cwd: string): { board?: string; needs?: BoardNeeds } {
    const sources = [...sourcesOf(entry, cwd)]
    const board = boardIn(sources, entry, cwd)
    const needs = needsIn(sources)
    return { ...(board !== undefined && { board }), ...(needs && { needs }) }
}

function boardIn(sources: Iterable<Source>, entry: string, cwd: string): string | undefined {
    let ofDriver: string | undefined
    for (const { imports, libraryNames } of sources) {
        for (const name of imports) {
            const board = BOARD.exec(name)?.[1]
            if (board !== undefined) return board
        }
        for (const name of libraryNames) ofDriver ??= boardOfDriver(name)
    }
    return ofDriver ?? onlyBoard(projectOf(entry, cwd))
}

/**
 * What a program uses of its board, whichever that is. Undefined for bytecode, which does not tell.
 * @throws UserError when there is no such entry
 */
export function boardNeeds(entry: string, cwd: string): BoardNeeds | undefined {
    return needsIn([...sourcesOf(entry, cwd)])
}

function needsIn(sources: readonly Source[]): BoardNeeds | undefined {
    if (sources.length === 0) return undefined
    const has = (pattern: RegExp) => sources.some(({ text }) => pattern.test(text))
    const speaks = sources.some(
        ({ imports, libraryNames }) =>
            imports.includes("@devicescript/i2c") || libraryNames.some(isI2cDriver),
    )
    const numbers = (pattern: RegExp) => {
        const found = sources.flatMap(({ text }) =>
            [...text.matchAll(pattern)].flatMap(([, list = ""]) => list.match(/\d+/g) ?? []),
        )
        return [...new Set(found.map(Number))].sort((a, b) => a - b)
    }
    const namingPins = sources.filter(({ imports }) => imports.some(name => BOARD.test(name)))
    const names = namingPins.flatMap(({ text }) =>
        Array.from(text.matchAll(PIN_NAMES), ([, name = ""]) => name),
    )
    return {
        ...(names.length > 0 && { pinNames: [...new Set(names)].sort() }),
        i2cBus: speaks && !has(NAMES_PINS),
        ledStrip: has(LIGHTS_STRIP),
        pins: [...new Set([...numbers(GPIO), ...numbers(GPIOS)])].sort((a, b) => a - b),
        analogPins: numbers(ANALOG_GPIO),
    }
}

interface Source {
    text: string
    /** What it imports from, as it names it. */
    imports: string[]
    /** What it imports of DeviceScript's libraries. */
    libraryNames: string[]
}

/** The entry and the files that come with it; of bytecode there are none. */
function* sourcesOf(entry: string, cwd: string): Generator<Source> {
    const { path, kind } = resolveEntry(entry, cwd)
    const files = kind === "bytecode" ? [] : [path]
    const seen = new Set(files)
    for (const file of files) {
        const source = sourceIn(sourceOf(file), file)
        yield source
        for (const name of source.imports) {
            const imported = name.startsWith(".") ? sourceFile(resolve(dirname(file), name)) : ""
            if (imported === "" || seen.has(imported)) continue
            seen.add(imported)
            files.push(imported)
        }
    }
}

/** What was found in files, by path: each command asks more than once. */
const filesFound = new Map<string, { written: string; source: Source }>()
const MAX_FOUND = 256

function sourceIn(written: string, file: string): Source {
    const known = filesFound.get(file)
    if (known?.written === written) return known.source
    const text = written.replace(COMMENT, "")
    const imports = [...text.matchAll(IMPORT)].map(([, name = ""]) => name)
    const libraryNames = [...text.matchAll(LIBRARY_NAMES)].flatMap(([, names = ""]) =>
        Array.from(names.matchAll(/\w+/g), ([name]) => name),
    )
    const source = { text, imports, libraryNames }
    if (filesFound.size >= MAX_FOUND) filesFound.clear()
    filesFound.set(file, { written, source })
    return source
}

/** The board a project defines, if it is one alone. */
function onlyBoard(project: string | undefined): string | undefined {
    const folder = project && join(project, "boards")
    if (folder === undefined || !existsSync(folder)) return undefined
    const [file, ...others] = readdirSync(folder).filter(name => name.endsWith(BOARD_FILE_SUFFIX))
    return others.length > 0 ? undefined : file?.slice(0, -BOARD_FILE_SUFFIX.length)
}

/**
 * The board that a program imports: one that its project defines itself, or one that we or the official
 * compiler know. Undefined when it is none of them.
 * @param id what the program imports it as
 * @throws UserError when the project's definition of it cannot be used
 */
export function boardOfProgram(id: string, entry: string, cwd: string): Board | undefined {
    const project = projectOf(entry, cwd)
    const own = project && join(project, "boards", id + BOARD_FILE_SUFFIX)
    if (own !== undefined && existsSync(own)) return loadBoardFile(own)
    try {
        return findBoard(id)
    } catch (error) {
        if (error instanceof UserError && error.code === "E_UNKNOWN_BOARD") return undefined
        throw error
    }
}

/** The folder of the program's project; one that cannot be used is the build's to tell. */
function projectOf(entry: string, cwd: string): string | undefined {
    try {
        return findProject(resolveEntry(entry, cwd))
    } catch (error) {
        if (error instanceof UserError) return undefined
        throw error
    }
}

/** The text of a file of the program; of one that cannot be read there is none: the build says so. */
function sourceOf(file: string): string {
    try {
        return readText(file, file, MAX_SOURCE_BYTES)
    } catch {
        return ""
    }
}

/** The file an import means, "" when it is none of TypeScript's. */
function sourceFile(path: string): string {
    const candidates = [`${path}.ts`, `${path}.tsx`, `${path}/index.ts`]
    return candidates.find(candidate => existsSync(candidate)) ?? ""
}
