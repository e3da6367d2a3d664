import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import { findCli } from "../../../../host/compiler/node/cli-package"
import { extractCompiler } from "../../../../host/compiler/node/compiler-source"
import { makeFolder } from "./build-project"

/** A file with this text, as a CLI's bundle. */
function bundleOf(text: string): string {
    const folder = makeFolder()
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const bundle = join(folder, "devicescript-cli.cjs")
    writeFileSync(bundle, text)
    return bundle
}

describe("the installed CLI", () => {
    test("holds the compiler we know, and its notes are kept apart from the trees", () => {
        const source = extractCompiler(findCli().bundle)
        expect(source).not.toContain("__ds_")
        expect(source.match(/dsHost\.createProgram\(ts, options\)/g)).toHaveLength(1)
    })

    test("without a compiler in its bundle says what was expected", () => {
        expect(() => extractCompiler(bundleOf("module.exports = {}"))).toThrow(
            /does not hold the compiler where release 2\.16\.4 has it/,
        )
    })

    test("with one byte of it changed names both hashes", () => {
        const text = readFileSync(findCli().bundle, "utf8")
        const known = 'missing "devicescript" section'
        // Cut out, not exchanged: all of the bundle are 28 MB.
        const from = text.indexOf("var require_devicescript_compiler_node = __commonJS({")
        const to = text.indexOf("\n});\n", from) + "\n});\n".length
        const changed = text.slice(from, to).replace(known, known.toUpperCase())
        expect(() => extractCompiler(bundleOf(changed))).toThrow(
            /expected SHA-256 4516c0da.*, found (?!4516c0da)[0-9a-f]{64}/,
        )
    })
})
