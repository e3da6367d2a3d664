import type { CompilerHost, OfficialCompiler } from "../official-compiler"
import type { ProjectFiles } from "../project-files"
import type { ProjectSources } from "../project-sources"
import type { GivenOptions, LanguageService, LanguageTools } from "./language-service"

/** Ends a compile as soon as it has said how it would compile. */
const ENOUGH = new Error("the options are known")

/** The file of DeviceScript's libraries that stands for TypeScript's own. */
const CORE_LIBRARY = "node_modules/@devicescript/core/src/corelib.d.ts"

/**
 * TypeScript's language service for a program as the official compiler sees it: with its options, and
 * DeviceScript's libraries in place of TypeScript's. It looks at texts anew each time that it is asked, and
 * parses what has changed.
 */
export class ProgramService {
    readonly service: LanguageService
    private readonly given: GivenOptions
    private readonly versions = new Map<string, { text: string; version: number }>()
    /** Files that somebody asked about, whether the program imports them or not. */
    private readonly asked = new Set<string>()
    /** Where imports were looked for, and whether there was a file. */
    private readonly looked = new Map<string, boolean>()
    /** A file has come or gone that an import was looked for in. */
    private hasMoved = false

    constructor(
        compiler: OfficialCompiler,
        private readonly files: ProjectFiles,
        private readonly sources: ProjectSources,
        entry: string,
    ) {
        this.given = optionsOf(compiler, files, sources, entry)
        const tools = compiler.typescript as unknown as LanguageTools
        const { fromString } = tools.ScriptSnapshot
        const { given } = this
        this.service = tools.createLanguageService({
            getCompilationSettings: () => given.options,
            getScriptFileNames: () => this.rootNames(),
            getScriptVersion: name => this.versionOf(name),
            getScriptSnapshot: name => {
                const text = sources.read(name)
                return text === undefined ? undefined : fromString(text)
            },
            getCurrentDirectory: () => files.resolve("."),
            getDefaultLibFileName: () => CORE_LIBRARY,
            useCaseSensitiveFileNames: () => true,
            fileExists: name => this.isThere(name),
            readFile: name => sources.read(name),
            hasInvalidatedResolutions: () => this.hasMoved,
            readDirectory: folder => this.filesIn(folder),
            getDirectories: folder => files.list(folder).filter(name => !name.includes(".")),
            // The compiler has DeviceScript's libraries with it: no project has to name them.
            getPackageJsonsVisibleToFile: () => [],
        })
    }

    /** Before anything is asked of a file: the program may not import it (yet), and others may be new. */
    see(file: string): void {
        const looked = [...this.looked]
        this.hasMoved = looked.some(
            ([name, was]) => was !== (this.sources.read(name) !== undefined),
        )
        if (this.hasMoved) this.looked.clear()
        if (!this.given.rootNames.includes(file)) this.asked.add(file)
    }

    private isThere(name: string): boolean {
        const isThere = this.sources.read(name) !== undefined
        if (!this.sources.isLibrary(name)) this.looked.set(name, isThere)
        return isThere
    }

    private rootNames(): string[] {
        const there = [...this.asked].filter(name => this.files.read(name) !== undefined)
        return [...this.given.rootNames, ...there]
    }

    private versionOf(name: string): string {
        if (this.sources.isLibrary(name)) return "1"
        const text = this.sources.read(name) ?? ""
        const known = this.versions.get(name)
        if (known?.text === text) return String(known.version)
        const version = (known?.version ?? 0) + 1
        this.versions.set(name, { text, version })
        return String(version)
    }

    /** For paths of imports. */
    private filesIn(folder: string): string[] {
        const { files } = this
        const names = files.list(folder).filter(name => /\.tsx?$/.test(name))
        return names.map(name => files.resolve(`${files.relative(folder) || "."}/${name}`))
    }
}

/** Has the compiler begin with a program, for what it would give TypeScript. */
function optionsOf(
    compiler: OfficialCompiler,
    files: ProjectFiles,
    { project, read }: ProjectSources,
    entry: string,
): GivenOptions {
    let given: GivenOptions | undefined
    const host: CompilerHost = {
        write: () => undefined,
        read: name => {
            const text = read(name)
            if (text === undefined) throw new Error(`no file ${name}`)
            return text
        },
        resolvePath: name => files.resolve(name),
        relativePath: path => files.relative(path),
        log: () => undefined,
        error: () => undefined,
        isBasicOutput: () => false,
        getFlags: () => ({}),
        getConfig: () => project.config,
        verifyBytecode: () => undefined,
        createProgram: (_, options) => {
            given = options as GivenOptions
            throw ENOUGH
        },
    }
    try {
        compiler.compileWithHost(entry, host)
    } catch (error) {
        if (error !== ENOUGH) throw error
    }
    if (!given) throw new Error("The compiler made no program.")
    return given
}
