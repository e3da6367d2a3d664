/**
 * The compiler's own process: `node build-process.mjs <bundle> <entry> <outDir> <codeCache>`, with
 * the project as working directory and an IPC channel to whoever started it. Compiles one program
 * with the official compiler and sends one message: what it said, and everything it looked at.
 *
 * It loads the command line tool's bundle instead of running `devs build`, because
 * - the tool declares `--out-dir` without a value, so it can only write into `.devicescript/bin`,
 *   where two builds overwrite each other's files;
 * - inside a git checkout it stamps the result of `git describe`, and in a dirty one the minute of
 *   the build, into the bytecode; the same sources must give the same bytes (see `hideGit`);
 * - only from inside can one see which files the compiler read and which it looked for in vain,
 *   which is all a cache needs to know and nothing a cache could guess.
 */
import { createHash } from "node:crypto"
import fs from "node:fs"
import { createRequire } from "node:module"
import { basename, dirname, resolve, sep } from "node:path"
import vm from "node:vm"

const HASH_BYTES = 32

/** @param {string | Uint8Array} data */
function sha256(data) {
    return createHash("sha256").update(data).digest()
}

/**
 * Evaluates the bundle with two of its inner functions returned. Most of the time this takes is
 * V8 reading 28 MB of source; the code cache saves that from the second compile on.
 */
function loadCompiler(bundle, codeCache) {
    // All its code is ASCII, only a few comments are not. Read as UTF-8 those would make every
    // character of the string take two bytes, and a compile an eighth slower.
    const source = fs.readFileSync(bundle, "latin1")
    const script = new vm.Script(
        `(function (exports, require, module, __filename, __dirname) {${source}
        return { compileFile, devsFactory } })`,
        { filename: bundle, cachedData: readCodeCache(codeCache) },
    )
    const module = { exports: {} }
    const compiler = script.runInThisContext()(
        module.exports,
        createRequire(bundle),
        module,
        bundle,
        dirname(bundle),
    )
    return { ...compiler, script }
}

/** V8 trusts what it is given, so a damaged file is caught here: undefined. */
function readCodeCache(file) {
    try {
        const bytes = fs.readFileSync(file)
        const data = bytes.subarray(HASH_BYTES)
        return sha256(data).equals(bytes.subarray(0, HASH_BYTES)) ? data : undefined
    } catch {
        return undefined
    }
}

/** Called after a compile, when the functions that a compile needs have been compiled by V8. */
function writeCodeCache(file, script) {
    const data = script.createCachedData()
    const partial = `${file}.${process.pid}.tmp`
    try {
        fs.writeFileSync(partial, Buffer.concat([sha256(data), data]))
        fs.renameSync(partial, file)
    } catch {
        fs.rmSync(partial, { force: true })
    }
}

/** Without a `.git` in sight the compiler puts neither commit nor date into the bytecode. */
function hideGit() {
    const { existsSync } = fs
    fs.existsSync = path => basename(String(path)) !== ".git" && existsSync(path)
}

/**
 * The compiler writes its libraries into `node_modules` before it reads them. Two compilers in one
 * fresh project must not read what the other has written by half.
 */
function writeWhole() {
    const { writeFile, rename, rm } = fs.promises
    fs.promises.writeFile = async (path, data, options) => {
        const partial = `${path}.${process.pid}.tmp`
        await writeFile(partial, data, options)
        try {
            await rename(partial, path)
        } catch {
            // Windows refuses while somebody reads the old one.
            await rm(partial, { force: true })
            await writeFile(path, data, options)
        }
    }
}

/**
 * From now on notes what the compiler sees at each path it reads, lists or checks:
 * `file:<sha256>`, `folder:<names>`, `absent`, or `unknown` for what no cache can rely on.
 * Its own output below `.devicescript` is no input.
 */
function traceInputs() {
    const seen = new Map()
    const output = resolve(".devicescript") + sep
    const { readFileSync, existsSync, readdirSync, statSync } = fs

    function note(path, fact) {
        const full = resolve(String(path))
        if (full.startsWith(output)) return
        const before = seen.get(full)
        seen.set(full, before === undefined || before === fact ? fact : "unknown")
    }
    function noteFailure(path, error) {
        if (error.code === "ENOENT" || error.code === "ENOTDIR") note(path, "absent")
        else if (error.code !== "EISDIR") note(path, "unknown")
    }
    function readAndNote(path) {
        try {
            const bytes = readFileSync(path)
            note(path, `file:${sha256(bytes).toString("hex")}`)
            return bytes
        } catch (error) {
            noteFailure(path, error)
            throw error
        }
    }

    fs.readFileSync = (path, options) => {
        const bytes = readAndNote(path)
        const encoding = typeof options === "string" ? options : options?.encoding
        return encoding ? bytes.toString(encoding) : bytes
    }
    fs.existsSync = path => {
        if (!existsSync(path)) {
            note(path, "absent")
            return false
        }
        if (statSync(path).isFile()) readAndNote(path)
        return true
    }
    fs.readdirSync = (path, options) => {
        const names = readdirSync(path, options)
        note(path, `folder:${[...names].sort().join("/")}`)
        return names
    }
    return seen
}

async function main() {
    const [bundle, entry, outDir, codeCache] = process.argv.slice(2)
    const { compileFile, devsFactory, script } = loadCompiler(bundle, codeCache)
    // Its verifier looks for native modules of its own: no input of the program.
    await devsFactory()
    writeWhole()
    const inputs = traceInputs()
    hideGit()
    let reply
    try {
        const { success, diagnostics } = await compileFile(entry, { outDir, quiet: true })
        reply = {
            success,
            inputs: Object.fromEntries(inputs),
            diagnostics: diagnostics.map(
                ({ filename, line, category, messageText, formatted }) => ({
                    filename,
                    line,
                    category,
                    text: formatted || String(messageText),
                }),
            ),
        }
    } catch (error) {
        reply = { failure: error.message, lastRead: [...inputs.keys()].at(-1) }
    }
    if (script.cachedDataRejected !== false) writeCodeCache(codeCache, script)
    process.send(reply, () => process.exit(0))
}

await main()
