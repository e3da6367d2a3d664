import { KeptChecker } from "./kept-checker"
import type { SourceFile, TsProgram, TsProgramOptions, TypeScript } from "./official-compiler"
import { declaresGlobals, isOnlyModule, ownFiles, plainFiles } from "./source-files"

/** Where DeviceScript's own files are in a project. */
export const LIBRARIES = "node_modules/@devicescript/"

/** So many trees of users' files are kept at most; then all of them go. */
const MAX_TREES = 2000
/** Checkers that are kept: one for each set of libraries that add to others, as programs use them. */
const MAX_CHECKERS = 3
/** So many programs share a checker at most: it holds on to what it found out about each of them. */
const MAX_PROGRAMS = 100

/**
 * The trees of source files from one compile to the next, and what TypeScript found out about them: most
 * of a program is DeviceScript's own libraries, which never change. They are not checked for errors again
 * either: each release was, and only a program that adds to their names could make one.
 */
export class KeptTrees {
    private readonly trees = new Map<string, SourceFile>()
    /** The one that was used last comes first. */
    private readonly checkers: { checker: KeptChecker; programs: number }[] = []

    /**
     * In place of `ts.createProgram`. What a program without errors becomes is right; what is said about
     * another may come in another order, or not all of it. `createExactly` is for that.
     * @param isLibrary tells DeviceScript's own files from the program's, by name
     */
    create(
        ts: TypeScript,
        options: TsProgramOptions,
        isLibrary: (name: string) => boolean,
    ): TsProgram {
        const parse = () => this.parseAll(ts, options, isLibrary)
        let program = parse()
        if (!plainFiles(ts, program, isLibrary)) return program
        const checker = this.checkerFor(ts, program, isLibrary)
        const changed = checker.changedFiles(program)
        for (const [key, tree] of this.trees) if (changed.has(tree)) this.trees.delete(key)
        if (changed.size > 0) program = parse()
        const script = plainFiles(ts, program, isLibrary)?.script
        if (script !== undefined) {
            // It can share a checker as a module alone. The next time, others may want its names.
            script.externalModuleIndicator = true
            this.trees.delete(script.fileName)
        }
        checker.serve(ts, program)
        // A name that it shares with a library may be an error there.
        if (script !== undefined && declaresGlobals(program, script)) return parse()
        const check = program.getSemanticDiagnostics.bind(program)
        program.getSemanticDiagnostics = () =>
            ownFiles(program, isLibrary).flatMap(tree => check(tree))
        return program
    }

    /** In place of `ts.createProgram`: all is checked, in the official order, and nothing known before. */
    createExactly(
        ts: TypeScript,
        options: TsProgramOptions,
        isLibrary: (name: string) => boolean,
    ): TsProgram {
        this.forgetCheckers()
        return this.parseAll(ts, options, isLibrary)
    }

    /** To be told when they have found something: they would say the same about the next program. */
    forgetCheckers(): void {
        this.checkers.length = 0
    }

    private parseAll(
        ts: TypeScript,
        options: TsProgramOptions,
        isLibrary: (name: string) => boolean,
    ): TsProgram {
        if (this.trees.size > MAX_TREES) this.trees.clear()
        const { host } = options
        const parse = host.getSourceFile.bind(host)
        const parseOrKeep: typeof parse = (name, version, onError) => {
            // One tree of a library serves all projects: TypeScript gives it the name that it asked for.
            const key = isLibrary(name) ? name.slice(name.lastIndexOf(LIBRARIES)) : name
            const kept = this.trees.get(key)
            if (kept !== undefined && kept.text === host.readFile(name)) {
                // They may lead elsewhere now: another project, a file that was not there.
                kept.resolvedModules = undefined
                kept.resolvedTypeReferenceDirectiveNames = undefined
                return kept
            }
            const tree = parse(name, version, onError)
            this.trees.set(key, tree)
            return tree
        }
        host.getSourceFile = parseOrKeep
        try {
            return ts.createProgram(options)
        } finally {
            host.getSourceFile = parse
        }
    }

    private checkerFor(
        ts: TypeScript,
        program: TsProgram,
        isLibrary: (name: string) => boolean,
    ): KeptChecker {
        const libraries = program.getSourceFiles().filter(({ fileName }) => isLibrary(fileName))
        const shared = libraries.filter(tree => !isOnlyModule(ts, tree))
        const at = this.checkers.findIndex(({ checker }) => checker.isFor(shared))
        const [found] = at < 0 ? [] : this.checkers.splice(at, 1)
        const { checker, programs } = found ?? { checker: new KeptChecker(shared), programs: 0 }
        if (programs < MAX_PROGRAMS) this.checkers.unshift({ checker, programs: programs + 1 })
        this.checkers.splice(MAX_CHECKERS)
        return checker
    }
}
