import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { UserError } from "../../base/errors"
import { CLI_VERSION } from "../cli-version"

/** SHA-256 of the compiler's block inside release `CLI_VERSION`: what is changed below is in exactly that. */
export const COMPILER_SHA256 = "85c25e01ff3fd4ca5a67f0666a2e387fd3f71d53d42ef2cbf7b02138a0c2e462"

const BLOCK_START = "var require_devicescript_compiler_node = __commonJS({"
const BLOCK_END = "\n});\n"
/** What stands around the compiler's own text in it. */
const WRAPPER =
    /^var require_devicescript_compiler_node = __commonJS\(\{\n {2}"[^"]+"\(exports, module2\) \{\n([^]*)\n {2}\}\n\}\);\n$/

/** Where a compile makes its TypeScript program; the host may keep trees for it. */
const CREATE_PROGRAM = "const program2 = ts.createProgram({\n        rootNames,"
const CREATE_BY_HOST = `const program2 = (options => dsHost.createProgram(ts, options))({\n        rootNames,`
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
 * and checks that it is the one we know. Two things in it are changed, neither of which touches what it
 * makes: the host creates its TypeScript program, and its notes on trees are kept apart from them, so
 * that trees can serve the next compile.
 * @param path of the bundle
 * @returns a JavaScript expression, a `CompilerFactory`
 */
export function extractCompiler(path: string): string {
    // Its code is ASCII; only a few texts are not.
    const bundle = readFileSync(path, "utf8")
    const start = bundle.indexOf(BLOCK_START)
    const end = bundle.indexOf(BLOCK_END, start)
    const block = start < 0 || end < 0 ? "" : bundle.slice(start, end + BLOCK_END.length)
    const body = WRAPPER.exec(block)?.[1]
    if (body === undefined)
        throw new CompilerMismatchError(
            `${path} does not hold the compiler where release ${CLI_VERSION} has it: ` +
                `expected \`${BLOCK_START}\` followed by its CommonJS wrapper. Reinstall @devicescript/cli.`,
        )
    const sha256 = createHash("sha256").update(block).digest("hex")
    if (sha256 !== COMPILER_SHA256)
        throw new CompilerMismatchError(
            `the compiler in ${path} is not the one of release ${CLI_VERSION}: ` +
                `expected SHA-256 ${COMPILER_SHA256}, found ${sha256}. Reinstall @devicescript/cli.`,
        )
    return `function (module2, require, process) {
const exports = module2.exports
let notes = new Map()
const noteOf = of => notes.get(of) ?? (notes.set(of, {}), notes.get(of))
${keepNotesApart(letHostCreate(body))}
module2.exports.forgetNotes = () => void (notes = new Map())
}`
}

function letHostCreate(body: string): string {
    const parts = body.split(CREATE_PROGRAM)
    if (parts.length !== 2)
        throw new CompilerMismatchError(unexpected("ts.createProgram", parts.length - 1, 1))
    return parts.join(CREATE_BY_HOST)
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
