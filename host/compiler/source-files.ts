import type { SourceFile, TsProgram, TypeScript } from "./official-compiler"

/** All of TypeScript's `SymbolFlags`: a value, a type, a namespace. */
const ANY_MEANING = -1

type IsLibrary = (name: string) => boolean

/** The files of a program that are none of DeviceScript's. */
export function ownFiles(program: TsProgram, isLibrary: IsLibrary): SourceFile[] {
    return program.getSourceFiles().filter(({ fileName }) => !isLibrary(fileName))
}

/** Whether nobody who does not import a file can tell that it is there. */
export function isOnlyModule(ts: TypeScript, tree: SourceFile): boolean {
    return ts.isExternalModule(tree) && isPlain(ts, tree)
}

/** What a program has beside DeviceScript's own files, where a checker that it shares can know all of it. */
export interface PlainFiles {
    /** The one file that is no module, if there is one. */
    script: SourceFile | undefined
}

/**
 * The files of a program that are none of DeviceScript's, if nobody who does not import them can tell that they
 * are there. One of them may import and export nothing, if it could do so: names at its top are everybody's, but
 * who uses them is told that there are none, and to the others it is not there. Whoever awaits something at his
 * top is no script then, and must be told; so must whoever asks a script for something that it exports.
 * @returns undefined of others
 */
export function plainFiles(
    ts: TypeScript,
    program: TsProgram,
    isLibrary: IsLibrary,
): PlainFiles | undefined {
    const own = ownFiles(program, isLibrary)
    const [script, ...more] = own.filter(tree => !ts.isExternalModule(tree))
    if (more.length > 0 || !own.every(tree => isPlain(ts, tree))) return undefined
    if (script === undefined) return { script }
    const isAsked = own.some(tree => asks(ts, tree, script.fileName))
    return isAsked || script.text.includes("await") ? undefined : { script }
}

/** Whether a file imports another for more than that it runs. */
function asks(ts: TypeScript, tree: SourceFile, fileName: string): boolean {
    const runs = new Set<unknown>()
    for (const { kind, importClause, moduleSpecifier } of tree.statements)
        if (kind === ts.SyntaxKind.ImportDeclaration && !importClause) runs.add(moduleSpecifier)
    const asked = new Set(tree.imports?.filter(name => !runs.has(name)).map(({ text }) => text))
    let found = false
    tree.resolvedModules?.forEach((module, name) => {
        if (module?.resolvedFileName === fileName && asked.has(name)) found = true
    })
    return found
}

/** Whether what a script declares at its top has names that everybody knows already. */
export function declaresGlobals(program: TsProgram, script: SourceFile): boolean {
    const checker = program.getTypeChecker()
    const names = [...(script.locals?.keys() ?? [])]
    return names.some(name => checker.resolveName(name, undefined, ANY_MEANING, false))
}

/** Whether a file names no other but by importing it, and adds to nobody's. */
function isPlain(ts: TypeScript, tree: SourceFile): boolean {
    return (
        !tree.isDeclarationFile &&
        tree.referencedFiles.length === 0 &&
        !tree.statements.some(({ kind }) => kind === ts.SyntaxKind.ModuleDeclaration)
    )
}
