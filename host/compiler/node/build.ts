import { relative } from "node:path"
import { withSlashes } from "../../base/node/with-slashes"
import { BuildCache } from "./build-cache"
import { CLI_VERSION } from "../cli-version"
import { compile } from "./compile"
import { readImage } from "./bytecode-file"
import { writtenFor } from "./imported-board"
import { parseDebugInfo, type DebugInfo } from "../../model/program/debug-info"
import type { Program } from "../../model/program/program"
import { findProject, resolveEntry } from "./project"
import { readSettings } from "./settings"
import type { Entry } from "./project"

export interface BuildOptions {
    /**
     * Keeps a build of its own for this board. The compiler makes the same bytecode for every board
     * (a program names its board by importing `@dsboard/...`, and board definitions of the project
     * are inputs anyway): leave it out and one compile serves all boards.
     */
    board?: string
    /** Where relative names start, and what the compiler's messages name files from. */
    cwd?: string
    /** Told, in a few words, when a compile begins. */
    onProgress?: (text: string) => void
    /** Told what the compiler warns of, as it prints it. A build from the cache has no warnings. */
    onWarning?: (text: string) => void
    /** Texts to compile in place of files, by absolute path. Such a build is not kept. */
    instead?: Readonly<Record<string, string>>
    /**
     * What does not compile is told of as soon as it is found, maybe in another order than the official
     * compiler's: for who is at work on it.
     */
    isDraft?: boolean
    /** Stops a compile. */
    signal?: AbortSignal
    /** Keep the compiler's colours in its messages. */
    color?: boolean
}

/**
 * Makes the program an entry names ready to run: a DeviceScript source is compiled with the official
 * compiler unless nothing it depends on has changed since; bytecode is read as it is. The same
 * sources give the same bytes.
 *
 * Throws `UserError` for an entry that is missing, damaged or in no project, `CompileError` (one of
 * those) for one that does not compile, and the signal's reason when interrupted.
 */
export async function buildProgram(entry: string, options: BuildOptions = {}): Promise<Program> {
    const cwd = options.cwd ?? process.cwd()
    const found = resolveEntry(entry, cwd)
    return found.kind === "bytecode"
        ? {
              ...{ entry: found.name, ...readImage(found), sourceFolder: "", cached: true },
              settings: new Map(),
          }
        : buildSource(found, { ...options, cwd })
}

async function buildSource(
    entry: Entry,
    {
        board,
        cwd,
        onProgress,
        onWarning,
        signal,
        color = false,
        instead,
        isDraft,
    }: BuildOptions & { cwd: string },
): Promise<Program> {
    const project = findProject(entry)
    const identity = {
        compilerVersion: CLI_VERSION,
        board,
        entry: withSlashes(relative(project, entry.path)),
    }
    const program = {
        entry: entry.name,
        ...writtenFor(entry.path, cwd),
        sourceFolder: withSlashes(relative(cwd, project)),
        settings: readSettings(project),
    }
    const cache = new BuildCache(project)
    const stored = instead ? undefined : cache.load(identity)
    if (stored !== undefined) {
        const { bytecode, debugJson } = stored
        let debug: DebugInfo | undefined
        return {
            ...{ ...program, bytecode, debugJson, cached: true },
            // What is run again asks for it, not what is kept.
            get debug() {
                return (debug ??= parseDebugInfo(debugJson, "The cached build's debug information"))
            },
        }
    }

    onProgress?.(`compiling ${entry.name}`)
    const { warnings, ...build } = await compile({
        project,
        entry: entry.path,
        cwd,
        color,
        signal,
        instead,
        isDraft,
    })
    for (const warning of warnings) onWarning?.(warning)
    if (!instead) cache.store(identity, build)
    const debug = parseDebugInfo(build.debugJson, "The compiler's debug information")
    const { bytecode, debugJson } = build
    return { ...program, bytecode, debugJson, debug, cached: false }
}
