import * as path from "node:path"
import { packageRoot } from "../../base/node/package-root"
import { UserError } from "../../base/errors"
import { COMPILER_FILE } from "../compiler-file"
import { startCompiler, type CompilerFactory, type OfficialCompiler } from "../official-compiler"
import { evaluateKept, keepCode, readAscii } from "./kept-code"

/** The compiler, and what is left to do once it has compiled something. */
export interface LoadedCompiler {
    compiler: OfficialCompiler
    /** Keeps V8's compiled form of what was needed, for the next process, unless it came from there. */
    keepCode(): void
}

/**
 * Loads the compiler that the installation prepared. V8 reads 5 MB of source then; from the second time
 * on it takes its own compiled form of it, kept in the user's cache for this release of Node.
 */
export function loadCompiler(): LoadedCompiler {
    const file = path.join(packageRoot(), "dist", COMPILER_FILE)
    let source: string
    try {
        source = readAscii(file)
    } catch {
        throw new UserError(
            "E_COMPILER_MISSING",
            `${file} is missing: run \`npm run prepare\` in ${packageRoot()} first.`,
        )
    }
    const make = evaluateKept(source, COMPILER_FILE, "compiler") as CompilerFactory
    return { compiler: startCompiler(make, path), keepCode }
}
