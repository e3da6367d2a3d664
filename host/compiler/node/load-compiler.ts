import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import * as path from "node:path"
import { Script } from "node:vm"
import { packageRoot } from "../../base/node/package-root"
import { UserError } from "../../base/errors"
import { COMPILER_FILE } from "../compiler-file"
import { startCompiler, type CompilerFactory, type OfficialCompiler } from "../official-compiler"
import { UserCache } from "./user-cache"

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
        // All of it is ASCII: a character is a byte.
        source = readFileSync(file, "latin1")
    } catch {
        throw new UserError(
            "E_COMPILER_MISSING",
            `${file} is missing: run \`npm run prepare\` in ${packageRoot()} first.`,
        )
    }
    const cache = UserCache.open()
    const sha256 = createHash("sha256").update(source, "latin1").digest("hex")
    const entry = `code-${sha256.slice(0, 16)}-${process.version}-${process.arch}.bin`
    const cachedData = cache?.read(entry)
    const script = new Script(source, { filename: COMPILER_FILE, cachedData })
    const compiler = startCompiler(script.runInThisContext() as CompilerFactory, path)
    return {
        compiler,
        keepCode: () => {
            if (cachedData === undefined || script.cachedDataRejected)
                cache?.write(entry, script.createCachedData())
        },
    }
}
