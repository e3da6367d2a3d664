import { strFromU8, strToU8, unzipSync, zipSync } from "fflate"
import { UserError } from "../../base/errors"
import type { Program } from "../../model/program/program"
import { MAX_FILES } from "../editor/file-name"
import { PACKAGE_ROOT, PROJECT_FILES, type Project } from "../project"
import type { RunFlags } from "../board-messages"
import { importsPackage, installedPackage, packageFileNaming } from "./imported-package"
import { fromShared, toShared } from "./shared-project"

/** What says how the project was run: the command line passes over it. */
const ABOUT = "playground.json"
const README = "README.txt"
const BYTECODE = "bytecode.devs"
/** A zip of ours has a library and a few texts; of what is larger nothing is unpacked. Bytes. */
const MAX_ZIP_BYTES = 8_000_000
/** Where a folder keeps its program. */
const MAIN_FILES = ["src/main.ts", "main.ts"]
const IS_OF_PROJECT = /\.(tsx?|json|md)$/
/** What every project has, and the tab gives it itself. */
const GIVEN = [...Object.keys(PROJECT_FILES), "package-lock.json", "tsconfig.json", README, ABOUT]

/**
 * A project as a zip that the command line takes as it is: unpack it, and run what its README.txt says.
 * @param installed its version, and texts of its own files by path: for a program that imports from there
 * @param program the same built: it is put beside its sources
 */
export function projectZip(
    project: Project,
    installed: { version: string; files: Readonly<Record<string, string>> },
    program?: Pick<Program, "bytecode" | "debug">,
): Uint8Array {
    const given = project.root === PACKAGE_ROOT ? installed.files : ownFolder(project, installed)
    const texts = {
        ...given,
        ...project.files,
        [README]: readme(project),
        [ABOUT]: JSON.stringify(aboutOf(project), null, 4) + "\n",
    }
    const files = Object.entries(texts).map(([name, text]): [string, Uint8Array] => [
        name,
        strToU8(text),
    ])
    if (program) {
        files.push([BYTECODE, program.bytecode])
        if (program.debug) files.push(["bytecode-dbg.json", strToU8(JSON.stringify(program.debug))])
    }
    return zipSync(Object.fromEntries(files))
}

/**
 * The project in a zip: one of these, or any folder with a DeviceScript program in it.
 * @param name of the zip's file
 * @throws UserError saying why it cannot be opened
 */
export function readProjectZip(bytes: Uint8Array, name: string): Project {
    if (bytes.length > MAX_ZIP_BYTES) throw refused(name, "it is too large for a project")
    const texts = withoutFolder(unzip(bytes, name))
    const about = texts.get(ABOUT)
    if (about !== undefined) return fromAbout(about, texts, name)
    const files = [...texts].filter(([path]) => isOfProject(path))
    const entry = MAIN_FILES.find(path => texts.has(path)) ?? onlyProgram(files)
    if (entry === undefined)
        throw refused(name, `it has no ${MAIN_FILES.join(" or ")}, nor one program alone`)
    const title = name.replace(/\.zip$/i, "").slice(0, 60)
    return fromShared({ title, ofPackage: false, entry, files, flags: {} }).project
}

/** What is around the files of a reader's own project. */
function ownFolder(
    { files }: Project,
    installed: Parameters<typeof projectZip>[1],
): Readonly<Record<string, string>> {
    if (!importsPackage(files)) return PROJECT_FILES
    return {
        ...PROJECT_FILES,
        ...{ "package.json": packageFileNaming(installed.version) },
        ...installedPackage(installed.files),
    }
}

/** All that the files beside it do not say. */
function aboutOf(project: Project): unknown {
    const names = Object.keys(project.files).map(name => [name, ""])
    return toShared({ project: { ...project, files: Object.fromEntries(names) } })
}

/** What was said of it, with the texts as they are in the zip now. */
function fromAbout(about: string, texts: ReadonlyMap<string, string>, name: string): Project {
    let said: unknown
    try {
        said = JSON.parse(about)
    } catch {
        throw refused(name, `its ${ABOUT} is damaged`)
    }
    const { project } = fromShared(said)
    const known = Object.keys(project.files)
    const added =
        project.root === PACKAGE_ROOT
            ? []
            : [...texts.keys()].filter(path => isOfProject(path) && !known.includes(path))
    const files = [...known.filter(path => texts.has(path)), ...added].map(path => [
        path,
        texts.get(path)!,
    ])
    return fromShared({ ...toShared({ project }), files }).project
}

function unzip(bytes: Uint8Array, name: string): Map<string, string> {
    let total = 0
    let count = 0
    try {
        const unpacked = unzipSync(bytes, {
            filter: ({ name: path, originalSize }) => {
                if (!IS_OF_PROJECT.test(path) || /(^|\/)(node_modules|\.\w+)\//.test(path))
                    return false
                total += originalSize
                count++
                if (total > MAX_ZIP_BYTES || count > 100 * MAX_FILES)
                    throw refused(name, "what it holds is too large")
                return true
            },
        })
        return new Map(Object.entries(unpacked).map(([path, data]) => [path, strFromU8(data)]))
    } catch (error) {
        if (error instanceof UserError) throw error
        throw refused(name, "it is damaged, or no zip")
    }
}

/** Many programs that make a zip put all into one folder. */
function withoutFolder(texts: ReadonlyMap<string, string>): Map<string, string> {
    const [first = ""] = texts.keys()
    const folder = first.slice(0, first.indexOf("/") + 1)
    const isInside = /^\w/.test(folder) && [...texts.keys()].every(path => path.startsWith(folder))
    if (!isInside || MAIN_FILES.some(path => texts.has(path))) return new Map(texts)
    return new Map([...texts].map(([path, text]) => [path.slice(folder.length), text]))
}

function isOfProject(path: string): boolean {
    return IS_OF_PROJECT.test(path) && !path.endsWith(".d.ts") && !GIVEN.includes(path)
}

function onlyProgram(files: readonly (readonly [string, string])[]): string | undefined {
    const programs = files.map(([path]) => path).filter(path => /\.tsx?$/.test(path))
    return programs.length === 1 ? programs[0] : undefined
}

function readme({ title, entry, flags }: Project): string {
    const lines = [
        `${title}: a DeviceScript program, from the playground of Heapscope.`,
        "",
        "Where Heapscope is installed, in this folder:",
        `    npx heapscope sim ${entry}${flagsOf(flags)}`,
        `    npx heapscope watch ${entry} --web`,
        "",
        `${BYTECODE}, if it is here, is the program as it was compiled: npx heapscope sim ${BYTECODE}`,
    ]
    return lines.join("\n") + "\n"
}

function flagsOf(flags: RunFlags): string {
    const { speed: _, ...others } = flags
    return Object.entries(others)
        .map(([flag, value]) => ` --${flag} ${value as string}`)
        .join("")
}

function refused(name: string, why: string): UserError {
    return new UserError("E_VALUE", `${name} cannot be opened: ${why}.`)
}
