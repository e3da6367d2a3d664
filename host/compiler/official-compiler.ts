/** The parts of TypeScript's tree that are read here. The compiler has TypeScript 4.9 inside. */
export interface SourceFile {
    fileName: string
    text: string
    isDeclarationFile: boolean
    statements: readonly { kind: number; importClause?: unknown; moduleSpecifier?: unknown }[]
    /** All names of modules in it, wherever they stand. TypeScript sets it when it makes a program. */
    imports?: readonly { text: string }[]
    /** Files that it names in a comment, as scripts do. */
    referencedFiles: readonly unknown[]
    /** What makes it a module rather than a script. */
    externalModuleIndicator?: unknown
    /** Names of a script's own top level: what it adds to everybody's. TypeScript sets it when it binds. */
    locals?: ReadonlyMap<string, unknown>
    /** Where its imports led to. TypeScript believes what it finds here. */
    resolvedModules?: ResolvedModules | undefined
    resolvedTypeReferenceDirectiveNames?: unknown
}

interface ResolvedModules {
    forEach(tell: (module: { resolvedFileName: string } | undefined, name: string) => void): void
}

export interface TsProgram {
    getSourceFiles(): readonly SourceFile[]
    getSourceFile(name: string): SourceFile | undefined
    getCompilerOptions(): unknown
    getTypeChecker(): TsChecker
    getSemanticDiagnostics(file?: SourceFile): readonly unknown[]
}

/** What the compiler asks most. Answers are objects of TypeScript's. */
export interface TsChecker {
    getTypeAtLocation(node: object): unknown
    getSymbolAtLocation(node: object): unknown
    getFullyQualifiedName(symbol: object): string
    /** What a name means where nothing is imported, if that has one of some `SymbolFlags`. */
    resolveName(name: string, location: undefined, flags: number, noGlobals: boolean): unknown
}

export interface TsProgramOptions {
    host: {
        getSourceFile(name: string, version: number, onError: (text: string) => void): SourceFile
        readFile(name: string): string | undefined
    }
}

export interface TypeScript {
    createProgram(options: TsProgramOptions): TsProgram
    isExternalModule(file: SourceFile): boolean
    /** Makes the names that a file declares known, once. */
    bindSourceFile(file: SourceFile, options: unknown): void
    SyntaxKind: { ModuleDeclaration: number; ImportDeclaration: number }
    /** TypeScript itself: what is changed here is changed for its programs. */
    default: { createTypeChecker(program: TsProgram): TsChecker }
}

/** A node of TypeScript's tree, as far as declarations of types are read. */
export interface SyntaxNode {
    kind: number
    getStart(): number
    getText(): string
}

/** What reads one text, without its imports. Kinds of nodes by their names, and the other way round. */
export interface TypeScriptParser {
    createSourceFile(
        name: string,
        text: string,
        languageVersion: number,
        setParents: boolean,
    ): SyntaxNode & { statements: readonly SyntaxNode[]; parseDiagnostics: readonly SyntaxError[] }
    /** Calls `visit` with each child until it returns something, and returns that. */
    forEachChild<T>(node: SyntaxNode, visit: (child: SyntaxNode) => T | undefined): T | undefined
    SyntaxKind: Readonly<Record<string, number>> & Readonly<Record<number, string>>
    ScriptTarget: { ES2022: number }
}

/** What TypeScript says of a text that is none of its. */
export interface SyntaxError {
    start: number
    messageText: string | { messageText: string }
}

/** What a compile is told of the board definitions and services of its project. */
export interface BuildConfig {
    pkgJson?: { devicescript?: { bundle?: boolean } }
    archs: Record<string, unknown>
    boards: Record<string, unknown>
    services: ServiceSpec[]
}

/** What a project adds to the compiler's own configuration. */
export interface LocalConfig {
    hwInfo: Record<string, string>
    pkgJson?: unknown
    addServices: ServiceSpec[]
    addBoards: BoardSpec[]
}

export interface ServiceSpec {
    shortId: string
    /** Present in those that are no part of the official catalogue. */
    catalog?: boolean
    errors?: { file: string; line: number; message: string }[]
}

export interface BoardSpec {
    id: string
    archId: string
    productId: string
}

export interface CompilerDiagnostic {
    filename: string
    line: number
    category: number
    messageText: unknown
    formatted: string
}

/** How the compiler reaches files, and what it asks besides. */
export interface CompilerHost {
    write(name: string, content: string | Uint8Array): void
    /** @throws any error when there is no such file */
    read(name: string): string
    resolvePath(name: string): string
    relativePath(path: string): string
    log(text: string): void
    error(diagnostic: CompilerDiagnostic): void
    /** Messages without colours and source text. */
    isBasicOutput(): boolean
    getFlags(): Record<string, boolean>
    getConfig(): BuildConfig
    verifyBytecode(bytecode: Uint8Array): void
    /** Not the official compiler's: put in when it is prepared, in place of `ts.createProgram`. */
    createProgram(ts: TypeScript, options: TsProgramOptions): TsProgram
}

/** The official compiler as it exports itself, as far as it is used, with what is added to it. */
export interface OfficialCompiler {
    compileWithHost(
        entry: string,
        host: CompilerHost,
    ): {
        success: boolean
        binary?: Uint8Array
        dbg?: { binarySHA256?: string }
        diagnostics: CompilerDiagnostic[]
    }
    resolveBuildConfig(local?: LocalConfig): BuildConfig
    /** DeviceScript's own libraries: text by path from the project's folder. */
    preludeFiles(config: BuildConfig): Record<string, string>
    parseJSON5(text: string): unknown
    pinsInfo(arch: unknown, board: unknown): { errors: string[] }
    jacdacDefaultSpecifications: ServiceSpec[]
    /** The TypeScript that it is made with. Not the official compiler's: exported when it is prepared. */
    typescript: TypeScriptParser
    /** Forgets what the last compile noted on trees and symbols: kept trees are as new then. */
    forgetNotes(): void
}

/** The prepared compiler: what its file holds, to be called with what it asks of its surroundings. */
export type CompilerFactory = (
    module: { exports: OfficialCompiler },
    loadModule: (name: string) => unknown,
    surroundings: unknown,
) => void

/**
 * Starts the prepared compiler. It gets nothing of Node: no files, no processes, no network.
 * @param path the functions of `node:path` that it uses, for paths as the project's files have them
 */
export function startCompiler(factory: CompilerFactory, path: unknown): OfficialCompiler {
    const modules: Record<string, unknown> = {
        path,
        os: { EOL: "\n", platform: () => "browser" },
        perf_hooks: { performance },
    }
    const module = { exports: {} as OfficialCompiler }
    const processOfABrowser = {
        ...{ browser: true, env: {}, argv: [], execArgv: [], versions: {}, stdout: {} },
        platform: "browser",
        cwd: () => "/",
        on: () => undefined,
        memoryUsage: () => ({}),
        nextTick: (then: () => void) => queueMicrotask(then),
    }
    factory(module, name => modules[name] ?? {}, processOfABrowser)
    return module.exports
}
