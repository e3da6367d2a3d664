import type { SourceFile, TsProgram, TsProgramOptions, TypeScript } from "./official-compiler"

/** So many trees of users' files are kept at most; then all of them go. */
const MAX_TREES = 2000

/**
 * The trees of source files from one compile to the next: most of a program is DeviceScript's own
 * libraries, which never change. They are not checked for errors again either: each release was, and
 * only a program that adds to their names could make one.
 */
export class KeptTrees {
    private readonly trees = new Map<string, SourceFile>()

    /**
     * In place of `ts.createProgram`.
     * @param isLibrary tells DeviceScript's own files from the program's, by name
     */
    createProgram(
        ts: TypeScript,
        options: TsProgramOptions,
        isLibrary: (name: string) => boolean,
    ): TsProgram {
        if (this.trees.size > MAX_TREES) this.trees.clear()
        const { host } = options
        const parse = host.getSourceFile.bind(host)
        host.getSourceFile = (name, version, onError) => {
            const kept = this.trees.get(name)
            if (kept !== undefined && kept.text === host.readFile(name)) {
                // They may lead elsewhere now: another project, a file that was not there.
                kept.resolvedModules = undefined
                kept.resolvedTypeReferenceDirectiveNames = undefined
                return kept
            }
            const tree = parse(name, version, onError)
            this.trees.set(name, tree)
            return tree
        }
        const program = ts.createProgram(options)
        const checkAll = program.getSemanticDiagnostics.bind(program)
        program.getSemanticDiagnostics = file => {
            if (file !== undefined) return checkAll(file)
            const files = program.getSourceFiles()
            const own = files.filter(({ fileName }) => !isLibrary(fileName))
            const libraries = files.filter(({ fileName }) => isLibrary(fileName))
            // All is checked, in the official order, when there is anything to say, or may be.
            const isPlain =
                own.every(tree => !addsToLibraries(ts, tree, libraries)) &&
                own.every(tree => checkAll(tree).length === 0)
            return isPlain ? [] : checkAll()
        }
        return program
    }
}

/** Whether a file declares something that belongs to a library, too, as only a script or a module block can. */
function addsToLibraries(
    ts: TypeScript,
    tree: SourceFile,
    libraries: readonly SourceFile[],
): boolean {
    if (tree.statements.some(({ kind }) => kind === ts.SyntaxKind.ModuleDeclaration)) return true
    if (ts.isExternalModule(tree)) return false
    const names = [...(tree.locals?.keys() ?? [])]
    return libraries.some(
        library =>
            !ts.isExternalModule(library) && names.some(name => library.locals?.has(name) === true),
    )
}
