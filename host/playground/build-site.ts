/**
 * Makes the data of the playground's site, when the package is prepared: runs on the tab's own platform
 * layer, in Node, so that what it builds is what the tab would build.
 */
import { listBoards } from "../boards/node/find-board"
import { CLI_VERSION } from "../compiler/cli-version"
import { compileProject } from "../compiler/compile-project"
import { KeptTrees } from "../compiler/kept-trees"
import { BuildCache } from "../compiler/node/build-cache"
import { DiskFiles } from "../compiler/node/disk-files"
import { findProject, resolveEntry } from "../compiler/node/project"
import { startCompiler, type CompilerFactory } from "../compiler/official-compiler"
import { WAYS } from "../documents/lessons-report"
import { offerBoard, type OfferedBoard } from "../link/flash/flash-offer"
import { WAY_WORDS } from "../page/panels/learn/way-words"
import { listLessons, PROGRAM_FILES } from "../tasks/lesson/catalogue"
import type { Catalogue, ExampleTitle } from "./catalogue"
import { files } from "./platform/memory-files"
import * as path from "./platform/node/path"
import { UserCache } from "./platform/rooms/compiler/user-cache"
import { PACKAGE_FILE, PACKAGE_ROOT, PROJECT_FILES, PROJECT_ROOT, type Project } from "./project"
import type { FilesOfSite } from "./site-files"
import type { RunFlags } from "./board-messages"

/** What is open at first, and what it takes to run it. */
const FIRST = "devs/examples/leak.ts"
/** It speaks to nobody: what it takes to make a world up is not waited for. */
const FIRST_FLAGS: RunFlags = { world: "none" }
/** Of the package: what a run needs whatever it runs. */
const ALWAYS = /^(package\.json|boards\/|dist\/)/

export interface SiteData {
    catalogue: Catalogue
    first: FilesOfSite
    boards: OfferedBoard[]
    /** Paths of the package's other programs. */
    "rest-names": string[]
}

/**
 * @param packageFiles texts of the package's files by path from its root
 * @param version of the package
 */
export async function siteData(
    packageFiles: Readonly<Record<string, string>>,
    version: string,
    compiler: CompilerFactory,
): Promise<SiteData> {
    const inTab = Object.fromEntries(
        Object.entries(packageFiles).map(([name, text]) => [`${PACKAGE_ROOT}/${name}`, text]),
    )
    inTab[`${PACKAGE_ROOT}/package.json`] = PACKAGE_FILE
    for (const [name, text] of Object.entries(PROJECT_FILES))
        inTab[`${PROJECT_ROOT}/${name}`] = text
    for (const [name, text] of Object.entries(inTab)) files.write(name, text)
    const first: Project = {
        title: "A leak",
        root: PROJECT_ROOT,
        entry: "src/main.ts",
        files: { "src/main.ts": packageFiles[FIRST]! },
        flags: FIRST_FLAGS,
    }
    files.write(`${PROJECT_ROOT}/src/main.ts`, packageFiles[FIRST]!)
    await buildFirst(startCompiler(compiler, path))
    const builds = Object.fromEntries(
        [...UserCache.open().all()].map(([name, data]) => [name, new TextDecoder().decode(data)]),
    )
    const isFirst = (name: string) =>
        name.startsWith(PROJECT_ROOT) || ALWAYS.test(name.slice(PACKAGE_ROOT.length + 1))
    const ofFirst = Object.fromEntries(Object.entries(inTab).filter(([name]) => isFirst(name)))
    return {
        catalogue: { version, boards: boards(), examples: examples(packageFiles), first },
        boards: listBoards().map(offerBoard),
        first: { files: ofFirst, builds },
        "rest-names": Object.keys(packageFiles).filter(name => !isFirst(`${PACKAGE_ROOT}/${name}`)),
    }
}

async function buildFirst(compiler: ReturnType<typeof startCompiler>): Promise<void> {
    const entry = resolveEntry("src/main.ts", PROJECT_ROOT)
    const project = findProject(entry)
    const disk = new DiskFiles(project)
    const noTools = () => Promise.reject(new Error("no services of its own"))
    const result = await compileProject(compiler, new KeptTrees(), disk, entry.name, noTools)
    const { bytecode, debugJson } = result
    if (!bytecode || debugJson === undefined)
        throw new Error(`the first program does not compile: ${JSON.stringify(result.diagnostics)}`)
    new BuildCache(project).store(
        { compilerVersion: CLI_VERSION, board: undefined, entry: entry.name },
        { bytecode, debugJson, inputs: disk.inputs },
    )
}

function boards(): Catalogue["boards"] {
    return listBoards().map(({ id, name, chip, heapBytes }) => ({ id, name, chip, heapBytes }))
}

function examples(packageFiles: Readonly<Record<string, string>>): ExampleTitle[] {
    const inFolder = (folder: string) =>
        Object.keys(packageFiles)
            .filter(name => name.startsWith(`${folder}/`) && /\.(ts|json)$/.test(name))
            .filter(name => !name.endsWith("/lesson.json"))
            .sort()
    const lessons = listLessons().map(({ name, title, section, scenario }): ExampleTitle => {
        const folder = `devs/lessons/${name}`
        return {
            ...{ id: `lesson/${name}`, title, section: `Lessons: ${section}` },
            ...{ root: PACKAGE_ROOT, entry: `${folder}/wasteful.ts`, files: inFolder(folder) },
            ways: WAYS.filter(way => packageFiles[`${folder}/${PROGRAM_FILES[way]}`]).map(way => ({
                title: WAY_WORDS[way],
                entry: `${folder}/${PROGRAM_FILES[way]}`,
            })),
            flags:
                scenario === undefined ? {} : { scenario: scenario.slice(PACKAGE_ROOT.length + 1) },
        }
    })
    const station: ExampleTitle = {
        ...{ id: "station", title: "The order station", section: "Programs" },
        ...{ root: PACKAGE_ROOT, entry: "devs/station/reporting.ts" },
        ways: [
            { title: "with its agent", entry: "devs/station/reporting.ts" },
            { title: "connected", entry: "devs/station/connected.ts" },
            { title: "its wasteful twin", entry: "devs/station/wasteful.ts" },
        ],
        ...{ files: [...inFolder("devs/station"), ...inFolder("devs/agent")], flags: {} },
    }
    return [station, ...lessons]
}
