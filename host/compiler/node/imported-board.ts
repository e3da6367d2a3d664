import { existsSync, readFileSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { resolveEntry } from "./project"

const IMPORT = /\b(?:from|import)\s*["']([^"'\n]+)["']/g
const BOARD = /^@dsboard\/(\w+)$/

/**
 * The board a program is written for: the one that its entry, or a file that comes with it, imports as
 * `@dsboard/<id>`. Undefined for a program that names none, and for bytecode, which does not tell.
 * @throws UserError when there is no such entry
 */
export function importedBoard(entry: string, cwd: string): string | undefined {
    const { path, kind } = resolveEntry(entry, cwd)
    if (kind === "bytecode") return undefined
    const files = [path]
    const seen = new Set(files)
    for (const file of files) {
        for (const [, name = ""] of readFileSync(file, "utf8").matchAll(IMPORT)) {
            const board = BOARD.exec(name)?.[1]
            if (board !== undefined) return board
            const imported = name.startsWith(".") ? sourceFile(resolve(dirname(file), name)) : ""
            if (imported === "" || seen.has(imported)) continue
            seen.add(imported)
            files.push(imported)
        }
    }
    return undefined
}

/** The file an import means, "" when it is none of TypeScript's. */
function sourceFile(path: string): string {
    const candidates = [`${path}.ts`, `${path}.tsx`, `${path}/index.ts`]
    return candidates.find(candidate => existsSync(candidate)) ?? ""
}
