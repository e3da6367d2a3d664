import type { ServiceTools } from "./build-config"
import type { KeptTrees } from "./kept-trees"
import type { CompilerDiagnostic, CompilerHost, OfficialCompiler } from "./official-compiler"
import type { ProjectFiles } from "./project-files"
import { findSources } from "./project-sources"

/** A message of the compiler. */
export interface Diagnostic {
    /** Relative to the project, or absolute. */
    filename: string
    line: number
    /** TypeScript's `DiagnosticCategory`: 1 is an error. */
    category: number
    /** As the compiler prints it, with its colours and the source line. */
    text: string
}

/** What a compile gave. */
export interface CompileResult {
    success: boolean
    diagnostics: Diagnostic[]
    bytecode?: Uint8Array
    /** Text of `bytecode-dbg.json`. */
    debugJson?: string
}

/**
 * Compiles a program of a project with the official compiler, as `devs build` does, but writes nothing:
 * DeviceScript's own libraries and the constants of its services are read from memory. The same sources
 * give the same bytes.
 * @param entry path of the program from the project's folder
 * @param isDraft what is wrong is told as soon as it is found, maybe in another order than the official one
 * @throws Error for a `package.json` that cannot be read
 */
export async function compileProject(
    compiler: OfficialCompiler,
    trees: KeptTrees,
    files: ProjectFiles,
    entry: string,
    loadTools: () => Promise<ServiceTools>,
    isDraft = false,
): Promise<CompileResult> {
    const { project, read, isLibrary } = await findSources(compiler, files, entry, loadTools)
    const result = compileOnceOrExactly(compiler, trees, { entry, isDraft }, isLibrary, {
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
    })
    const diagnostics = [...project.errors, ...result.diagnostics].map(toDiagnostic)
    if (!result.success || project.errors.length > 0 || !result.binary || !result.dbg)
        return { success: false, diagnostics }
    result.dbg.binarySHA256 = await sha256(result.binary)
    return {
        success: true,
        diagnostics,
        bytecode: result.binary,
        debugJson: JSON.stringify(result.dbg),
    }
}

/**
 * Compiles with all that is known from earlier compiles. When that finds anything to say, or fails, the
 * program is compiled once more without: what people read has the official order and words.
 */
function compileOnceOrExactly(
    compiler: OfficialCompiler,
    trees: KeptTrees,
    { entry, isDraft }: { entry: string; isDraft: boolean },
    isLibrary: (name: string) => boolean,
    host: Omit<CompilerHost, "createProgram">,
) {
    const compile = (createProgram: CompilerHost["createProgram"]) => {
        compiler.forgetNotes()
        return compiler.compileWithHost(entry, { ...host, createProgram })
    }
    try {
        const result = compile((ts, options) => trees.create(ts, options, isLibrary))
        if (result.success && result.diagnostics.length === 0) return result
        if (isDraft) {
            trees.forgetCheckers()
            return result
        }
    } catch {
        // It fails in the same way, or not at all.
    }
    return compile((ts, options) => trees.createExactly(ts, options, isLibrary))
}

function toDiagnostic(diagnostic: CompilerDiagnostic): Diagnostic {
    const { filename, line, category, messageText, formatted } = diagnostic
    return { filename, line, category, text: formatted || String(messageText) }
}

async function sha256(bytes: Uint8Array): Promise<string> {
    const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))
    return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, "0")).join("")
}
