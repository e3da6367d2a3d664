import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { createRequire, Module } from "node:module"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { Script } from "node:vm"
import { optimizeLater } from "../base/node/optimize-later"
import { UserCache } from "../compiler/node/user-cache"

/** The command itself, as it is bundled beside this file. */
interface Command {
    main(): Promise<void>
}

/** What `Module.wrap` makes of a CommonJS module. */
type Wrapped = (
    exports: object,
    require: NodeJS.Require,
    module: { exports: object },
    file: string,
    folder: string,
) => void

/** Exit code of wrong use: what was called so has no code worth keeping. */
const WRONG_USE = 2

optimizeLater()

const file = fileURLToPath(new URL("./command.cjs", import.meta.url))
const require = createRequire(import.meta.url)
const name = /^[a-z]+$/.test(process.argv[2] ?? "") ? process.argv[2]! : "help"
const cache = UserCache.open()

if (cache) await runKept(cache)
else await (require(file) as Command).main()

/**
 * Runs the command with the code that V8 made of it when it last ran, if that is of this very text and
 * this V8: compiling takes as long as a short simulation.
 */
async function runKept(cache: UserCache): Promise<void> {
    // All of it is ASCII: a character is a byte.
    const text = readFileSync(file, "latin1")
    const sha256 = createHash("sha256").update(text, "latin1").digest("hex")
    const entry = `code-${name}-${sha256.slice(0, 16)}-${process.version}-${process.arch}.bin`
    const cachedData = cache.read(entry)
    const script = new Script(Module.wrap(text), {
        filename: file,
        cachedData,
    })
    const module = { exports: {} }
    const wrapped = script.runInThisContext() as Wrapped
    wrapped(module.exports, require, module, file, dirname(file))
    await (module.exports as Command).main()
    const isKept = cachedData !== undefined && !script.cachedDataRejected
    if (!isKept && process.exitCode !== WRONG_USE) cache.write(entry, script.createCachedData())
}
