import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { transform } from "esbuild"
import { COMPILER_FILE } from "../compiler-file"
import { findCli } from "./cli-package"
import { extractCompiler } from "./compiler-source"

/**
 * Writes the compiler of the installed `@devicescript/cli`, minified, into a folder: a program whose
 * value is a `CompilerFactory`.
 */
export async function prepareCompiler(folder: string): Promise<void> {
    const source = `module.exports = ${extractCompiler(findCli().bundle)}`
    const { code } = await transform(source, {
        minify: true,
        target: "node20",
        // Those of TypeScript and others stay with it.
        legalComments: "inline",
        charset: "ascii",
    })
    const start = code.indexOf("module.exports=")
    if (start < 0) throw new Error("the minified compiler is not the expression it was")
    const factory = code.slice(start + "module.exports=".length).replace(/;\s*$/, "")
    writeFileSync(join(folder, COMPILER_FILE), `${code.slice(0, start)}(${factory})`)
}
