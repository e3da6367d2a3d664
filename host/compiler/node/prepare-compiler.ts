import { writeFileSync } from "node:fs"
import { join, posix } from "node:path"
import { Script } from "node:vm"
import { transform } from "esbuild"
import { OFFICIAL_BOARDS_FILE, type OfficialBoardsFile } from "../../boards/node/official-boards"
import { COMPILER_FILE } from "../compiler-file"
import { startCompiler, type CompilerFactory } from "../official-compiler"
import { findCli } from "./cli-package"
import { extractCompiler } from "./compiler-source"

/**
 * Writes the compiler of the installed `@devicescript/cli`, minified, into a folder, a program whose
 * value is a `CompilerFactory`, and the boards it knows.
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
    const program = `${code.slice(0, start)}(${factory})`
    writeFileSync(join(folder, COMPILER_FILE), program)
    const made = new Script(program).runInThisContext() as CompilerFactory
    const compiler = startCompiler(made, posix)
    const config = compiler.resolveBuildConfig()
    const sources = Object.values(compiler.preludeFiles(config))
    const known: OfficialBoardsFile = {
        boards: config.boards as OfficialBoardsFile["boards"],
        drivers: boardDrivers(sources),
        i2cDrivers: i2cDrivers(sources),
    }
    writeFileSync(join(folder, OFFICIAL_BOARDS_FILE), JSON.stringify(known))
}

const EXPORTED = /^export (?:abstract |async )*(?:class|function) (\w+)/gm

/** What the libraries' files export that speak to the I2C bus, themselves or through one another. */
function i2cDrivers(sources: readonly string[]): string[] {
    const drivers = new Set<string>()
    const speaks = (source: string) =>
        /^import [^\n]*"@devicescript\/i2c"/m.test(source) ||
        [...source.matchAll(/\bextends (\w+)/g)].some(([, name = ""]) => drivers.has(name))
    for (let known = -1; known < drivers.size;) {
        known = drivers.size
        for (const source of sources.filter(speaks))
            for (const [, name = ""] of source.matchAll(EXPORTED)) drivers.add(name)
    }
    return [...drivers].sort()
}

/** What the libraries' files that import one board export, and that board. */
function boardDrivers(sources: readonly string[]): OfficialBoardsFile["drivers"] {
    const drivers: OfficialBoardsFile["drivers"] = {}
    for (const source of sources) {
        const board = /^import [^\n]*"@dsboard\/(\w+)"/m.exec(source)?.[1]
        if (board === undefined) continue
        for (const [, name = ""] of source.matchAll(EXPORTED)) drivers[name] = board
    }
    return drivers
}
