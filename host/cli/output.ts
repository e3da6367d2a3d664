import { mkdtempSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { createColors } from "picocolors"
import { UserError } from "../base/errors"
import type { Style } from "../sinks/terminal/style"

const DEFAULT_WIDTH = 80
const MAX_WIDTH = 120
/** What the name of a folder begins with that a file is written in before it is moved into place. */
const TEMPORARY = ".heapscope-"

/** Colour only on a terminal, unless `NO_COLOR`, `FORCE_COLOR` or `--no-color` say otherwise. */
export function styleFor(stream: NodeJS.WriteStream, color: boolean): Style {
    const { NO_COLOR, FORCE_COLOR, TERM } = process.env
    const wanted = FORCE_COLOR ? FORCE_COLOR !== "0" : stream.isTTY && TERM !== "dumb" && !NO_COLOR
    const width = stream.columns ?? (Number(process.env.COLUMNS) || DEFAULT_WIDTH)
    return { colors: createColors(color && !!wanted), width: Math.min(width, MAX_WIDTH) }
}

/**
 * Finds out whether files could be written, before a long run and not after it.
 * @param names as the user gave them, from `cwd`; undefined for a file that is not asked for
 * @throws UserError naming the first that cannot
 */
export function checkWritable(cwd: string, ...names: (string | undefined)[]): void {
    for (const name of names) {
        if (name === undefined) continue
        const path = resolve(cwd, name)
        if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
            throw new UserError(`${path} cannot be written: it is a folder. Name a file in it.`)
        try {
            rmdirSync(mkdtempSync(join(dirname(path), TEMPORARY)))
        } catch (error) {
            throw new UserError(`${path} cannot be written: ${(error as Error).message}`)
        }
    }
}

/** Writes a file whole or not at all. @throws UserError naming the path when it cannot be written */
export function writeWhole(path: string, content: string): void {
    let folder: string | undefined
    try {
        folder = mkdtempSync(join(dirname(path), TEMPORARY))
        const temporary = join(folder, basename(path))
        writeFileSync(temporary, content)
        renameSync(temporary, path)
    } catch (error) {
        throw new UserError(`${path} cannot be written: ${(error as Error).message}`)
    } finally {
        if (folder) rmSync(folder, { recursive: true, force: true })
    }
}
