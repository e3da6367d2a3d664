import type { SourceFile, TsProgram, TypeScript } from "./official-compiler"

/** All of TypeScript's `SymbolFlags`: a value, a type, a namespace. */
const ANY_MEANING = -1

type IsLibrary = (name: string) => boolean

/** The files of a program that are none of DeviceScript's. */
export function ownFiles(program: TsProgram, isLibrary: IsLibrary): SourceFile[] {
    return program.getSourceFiles().filter(({ fileName }) => !isLibrary(fileName))
}

/** Whether all files of a program that are none of DeviceScript's are so. */
export function hasOnlyModules(ts: TypeScript, program: TsProgram, isLibrary: IsLibrary): boolean {
    return ownFiles(program, isLibrary).every(tree => isOnlyModule(ts, tree))
}

/** Whether nobody who does not import a file can tell that it is there. */
export function isOnlyModule(ts: TypeScript, tree: SourceFile): boolean {
    return ts.isExternalModule(tree) && isPlain(ts, tree)
}

/**
 * The only file that a program has beside DeviceScript's, when that imports and exports nothing and could
 * do so: names at its top are everybody's, but nobody else is there. Whoever awaits something at his top
 * is no script then, and must be told.
 */
export function loneScript(
    ts: TypeScript,
    program: TsProgram,
    isLibrary: IsLibrary,
): SourceFile | undefined {
    const [tree, ...others] = ownFiles(program, isLibrary)
    if (tree === undefined || others.length > 0 || ts.isExternalModule(tree)) return undefined
    return isPlain(ts, tree) && !tree.text.includes("await") ? tree : undefined
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
