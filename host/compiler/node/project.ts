import { isUtf8 } from "node:buffer"
import { existsSync, readdirSync, statSync, type Stats } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { UserError } from "../../base/errors"
import { nearest } from "../../base/nearest"
import { withSlashes } from "../../base/node/with-slashes"
import { reasonOf } from "../../base/node/destination"
import { readBytes } from "../../base/node/read-file"

/** A program somebody asked for. */
export interface Entry {
    /** As the user named it, with forward slashes: what reports show. */
    name: string
    /** Absolute path of an existing file. */
    path: string
    /** Source to compile, or bytecode to run as it is. */
    kind: "source" | "bytecode"
}

/** Where a folder keeps its program. */
const MAIN_FILES = ["src/main.ts", "main.ts"]
const MAX_SOURCE_BYTES = 1 << 24

/**
 * Finds the file an entry means: a `.ts` or `.devs` file, or a folder with `src/main.ts` or
 * `main.ts` in it. Relative names start at `cwd`. Throws `UserError` when there is no such program.
 */
export function resolveEntry(name: string, cwd: string): Entry {
    const path = resolve(cwd, name)
    const stats = statsOf(path, name)
    if (stats === undefined) {
        const hint = hintFor(name, path, cwd)
        throw new UserError("E_NO_FILE", `${name}: no such file${hint ? `; ${hint}` : "."}`)
    }
    if (stats.isDirectory()) {
        const main = MAIN_FILES.find(file => existsSync(join(path, file)))
        if (main === undefined)
            throw new UserError(
                "E_NOT_A_PROGRAM",
                `${name} is a folder without ${MAIN_FILES.join(" or ")}: name the program's file.`,
            )
        return resolveEntry(join(name, main), cwd)
    }
    if (!stats.isFile() || path.endsWith(".d.ts") || !/\.(tsx?|devs)$/.test(path))
        throw new UserError(
            "E_NOT_A_PROGRAM",
            `${name} is not a program: name a DeviceScript source (.ts), a compiled program (.devs) or a project's folder.`,
        )
    if (!path.endsWith(".devs")) checkIsText(path, name)
    return {
        name: withSlashes(name),
        path,
        kind: path.endsWith(".devs") ? "bytecode" : "source",
    }
}

/** What somebody may have meant who named a file that is not there. */
function hintFor(name: string, path: string, cwd: string): string | undefined {
    if (statsOf(`${path}.ts`, name)?.isFile()) return `did you mean ${name}.ts?`
    const parts = name.split(",").map(part => part.trim())
    if (parts.length > 1 && parts.some(part => existsSync(resolve(cwd, part))))
        return `for several programs put spaces between them: ${parts.join(" ")}`
    if (/[*?]/.test(name)) return "a pattern in quotes is not replaced by the shell: leave them out"
    const folder = dirname(path)
    const near = nearest(basename(path), programsIn(folder))
    return near && `did you mean ${join(dirname(name), near)}?`
}

function programsIn(folder: string): string[] {
    try {
        return readdirSync(folder).filter(name => /(?<!\.d)\.(tsx?|devs)$/.test(name))
    } catch {
        return []
    }
}

/** @throws UserError for a source that is no text: the compiler would have an error for each of its bytes */
function checkIsText(path: string, name: string): void {
    const bytes = readBytes(path, name, MAX_SOURCE_BYTES)
    if (isUtf8(bytes) && !bytes.includes(0)) return
    throw new UserError(
        "E_NOT_A_PROGRAM",
        `${name} is not a program: it holds no text (UTF-8), whatever its name says.`,
    )
}

/** What is at a path, if anything is. @throws UserError when the system does not tell, as of too long a name */
function statsOf(path: string, name: string): Stats | undefined {
    try {
        return statSync(path, { throwIfNoEntry: false })
    } catch (error) {
        throw new UserError("E_READ", `${name} cannot be read: ${reasonOf(error)}`)
    }
}

/**
 * The DeviceScript project a source belongs to: the nearest folder at or above it with a
 * `devsconfig.json`, wherever the command runs. Throws `UserError` when there is none, or somebody else
 * could have put it there.
 */
export function findProject(entry: Entry): string {
    let folder = dirname(entry.path)
    while (!existsSync(join(folder, "devsconfig.json"))) {
        const above = dirname(folder)
        if (above === folder)
            throw new UserError(
                "E_NO_PROJECT",
                `${entry.name} is in no DeviceScript project: no folder at or above it has a devsconfig.json. ` +
                    `Put one that holds {} beside the project's package.json, or run "npx devs init" there.`,
            )
        folder = above
    }
    if (mayBeForeign(statSync(folder), statSync(entry.path)))
        throw new UserError(
            "E_FOREIGN_PROJECT",
            `${folder} is not taken for the project of ${entry.name}: other users may write to that folder, and to the program they may not. ` +
                `Move the program, or make the folder yours alone.`,
        )
    return folder
}

/** Whether a folder can be written by somebody who can write neither the program nor all there is. */
function mayBeForeign(folder: Stats, program: Stats): boolean {
    // Windows tells no owner.
    if (process.getuid === undefined) return false
    const trusted = [0, process.getuid(), program.uid]
    const groupMay = (stats: Stats) => (stats.mode & 0o020) !== 0
    const anybodyMay = (stats: Stats) => (stats.mode & 0o002) !== 0
    return (
        !trusted.includes(folder.uid) ||
        (anybodyMay(folder) && !anybodyMay(program)) ||
        (groupMay(folder) && !(groupMay(program) && folder.gid === program.gid))
    )
}
