import { UserError } from "../../base/errors"
import { readBundlePart } from "./bundle-part"

/** SHA-256 of the compiler's text inside release `CLI_VERSION`: what is changed below is in exactly that. */
export const COMPILER_SHA256 = "4516c0da8178d0fa92d577d799893ae4f356e7b3c6aa990466ce18dc2ba2ebc1"

/** What stands around the compiler's own text. */
const WRAPPER =
    /^var require_devicescript_compiler_node = __commonJS\(\{\n {2}"[^"]+"\(exports, module2\) \{\n([^]*)\n {2}\}\n\}\);\n$/

/** Where a compile makes its TypeScript program; the host may keep trees for it. */
const CREATE_PROGRAM = "const program2 = ts.createProgram({\n        rootNames,"
const CREATE_BY_HOST = `const program2 = (options => dsHost.createProgram(ts, options))({\n        rootNames,`
/** Where it takes TypeScript for that. */
const TAKE_TYPESCRIPT = "var ts = __toESM2(require_typescript());"
const KEEP_TYPESCRIPT = "var ts = (typescript = __toESM2(require_typescript()));"
/** Where it writes declarations of all services and boards, as text. */
const MAKE_PRELUDE = "function preludeFiles2(config) {\n      if (!config)"
const KEEP_PRELUDE = `function preludeFiles2(config) {
      const about = JSON.stringify([config?.addArchs, config?.addBoards, config?.addServices]);
      if (about !== preludeIsAbout)
        [preludeIsAbout, keptPrelude] = [about, makePreludeFiles(config)];
      return { ...keptPrelude };
    }
    function makePreludeFiles(config) {
      if (!config)`
/** Notes that the compiler makes on trees and symbols, in properties of theirs. */
const NOTE = /\b([A-Za-z_$][\w$]*)\.__ds_(\w+)/g
const NOTES = 18

/** What stands in the way of preparing the compiler; the message says what was expected and found. */
export class CompilerMismatchError extends UserError {
    override readonly name = "CompilerMismatchError"

    constructor(message: string) {
        super("E_COMPILER_MISMATCH", message)
    }
}

/**
 * Takes the compiler (TypeScript, the compiler itself, DeviceScript's libraries) out of the CLI's bundle
 * and checks that it is the one we know. Three things in it are changed, none of which touches what it
 * makes: the host creates its TypeScript program, its notes on trees are kept apart from them, so that
 * trees can serve the next compile, and so can the declarations of services and boards. Its TypeScript is
 * exported.
 * @param path of the bundle
 * @returns a JavaScript expression, a `CompilerFactory`
 */
export function extractCompiler(path: string): string {
    const body = readBundlePart(path, {
        name: "the compiler",
        start: "var require_devicescript_compiler_node = __commonJS({",
        followedBy: "its CommonJS wrapper",
        pattern: WRAPPER,
        decode: text => new TextEncoder().encode(text),
        sha256: COMPILER_SHA256,
        Mismatch: CompilerMismatchError,
    })
    return `function (module2, require, process) {
const exports = module2.exports
let notes = new Map()
const noteOf = of => notes.get(of) ?? (notes.set(of, {}), notes.get(of))
let preludeIsAbout, keptPrelude, typescript
${keepNotesApart(keepTypeScript(keepPrelude(letHostCreate(new TextDecoder().decode(body)))))}
module2.exports.typescript = typescript
module2.exports.forgetNotes = () => void (notes = new Map())
}`
}

function letHostCreate(body: string): string {
    return exchange(body, CREATE_PROGRAM, CREATE_BY_HOST)
}

function keepTypeScript(body: string): string {
    return exchange(body, TAKE_TYPESCRIPT, KEEP_TYPESCRIPT)
}

/** They depend on nothing but what a project adds to the services and boards that are known. */
function keepPrelude(body: string): string {
    return exchange(body, MAKE_PRELUDE, KEEP_PRELUDE)
}

/** Puts something in the place of what is there once. */
function exchange(body: string, known: string, instead: string): string {
    const parts = body.split(known)
    if (parts.length !== 2) throw new CompilerMismatchError(unexpected(known, parts.length - 1, 1))
    return parts.join(instead)
}

function keepNotesApart(body: string): string {
    let found = 0
    const changed = body.replace(NOTE, (_, of: string, note: string) => {
        found++
        return `noteOf(${of}).${note}`
    })
    if (found !== NOTES) throw new CompilerMismatchError(unexpected("__ds_ notes", found, NOTES))
    return changed
}

function unexpected(what: string, found: number, expected: number): string {
    return `the compiler of @devicescript/cli has ${what} ${found} times where ${expected} are known.`
}
