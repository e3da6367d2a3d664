import { readProjectConfig, type ProjectConfig, type ServiceTools } from "./build-config"
import { LIBRARIES } from "./kept-trees"
import type { OfficialCompiler } from "./official-compiler"
import type { ProjectFiles } from "./project-files"

/** What the compiler reads for a program: the project's files, and what is made for it in memory. */
export interface ProjectSources {
    project: ProjectConfig
    /** Text of a file, or undefined where there is none. */
    read(name: string): string | undefined
    /** Tells DeviceScript's own files from the program's, by name. */
    isLibrary(name: string): boolean
}

/**
 * Finds what a program is made of: DeviceScript's own libraries and the constants of its services are in
 * memory, the rest is the project's.
 * @param entry path of the program from the project's folder
 * @throws Error for a `package.json` that cannot be read
 */
export async function findSources(
    compiler: OfficialCompiler,
    files: ProjectFiles,
    entry: string,
    loadTools: () => Promise<ServiceTools>,
): Promise<ProjectSources> {
    const project = await readProjectConfig(compiler, files, entry, loadTools)
    const generated = new Map<string, string>()
    // What the official tool writes before it compiles, but for a checkout of DeviceScript itself.
    const isSource = files.read(`${LIBRARIES}core/CORE_SOURCES.md`) !== undefined
    const prelude = compiler.preludeFiles(project.config)
    if (!isSource && !project.config.pkgJson?.devicescript?.bundle)
        for (const [name, text] of Object.entries(prelude)) generated.set(files.resolve(name), text)
    generated.set(files.resolve(".devicescript/ts/constants.ts"), project.constants)
    return {
        project,
        read: name => generated.get(files.resolve(name)) ?? files.read(name),
        isLibrary: name =>
            name in prelude || (name.includes(LIBRARIES) && generated.has(files.resolve(name))),
    }
}
