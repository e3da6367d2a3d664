import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { UserError } from "../../base/errors"
import { offlineParts } from "./offline-parts"
import type { SitePart } from "./site-parts"

/** Says of a folder that it is such a site, and what is in it: what may be replaced by the next. */
const STAMP = "heapscope-site.json"

/**
 * Writes the site to a folder, whole or not at all. What is there is replaced when it is such a site.
 * @param folder absolute
 * @param shown its name, for people
 * @returns what was written
 * @throws UserError when something else is there, or it cannot be written
 */
export function writeSite(parts: readonly SitePart[], folder: string, shown: string): SitePart[] {
    const found = foreignIn(folder)
    if (found !== undefined)
        throw new UserError(
            "E_WRITE",
            `${shown} cannot become the site: ${found}. Name another folder.`,
        )
    const whole = offlineParts(parts)
    try {
        mkdirSync(dirname(folder), { recursive: true })
        const made = mkdtempSync(`${folder}.new-`)
        const old = `${made}.old`
        try {
            for (const { name, bytes } of whole) writeFileSync(join(made, name), bytes)
            writeFileSync(
                join(made, STAMP),
                JSON.stringify({ files: whole.map(({ name }) => name) }),
            )
            if (existsSync(folder)) renameSync(folder, old)
            try {
                renameSync(made, folder)
            } catch (error) {
                if (existsSync(old)) renameSync(old, folder)
                throw error
            }
        } finally {
            for (const gone of [made, old]) rmSync(gone, { recursive: true, force: true })
        }
    } catch (error) {
        throw new UserError(
            "E_WRITE",
            `the site cannot be written to ${shown}: ${(error as Error).message}.`,
        )
    }
    return whole
}

/** What is in the way, for people; undefined where nothing is, or a site that was written before. */
function foreignIn(folder: string): string | undefined {
    if (!existsSync(folder)) return undefined
    if (!statSync(folder).isDirectory()) return "it is a file"
    const names = readdirSync(folder)
    if (names.length === 0) return undefined
    const own = new Set([STAMP, ...ownFiles(join(folder, STAMP))])
    const foreign = names.find(name => !own.has(name))
    return foreign === undefined ? undefined : `it holds ${JSON.stringify(foreign)}`
}

function ownFiles(stamp: string): string[] {
    try {
        const { files } = JSON.parse(readFileSync(stamp, "utf8")) as { files: unknown }
        return Array.isArray(files) ? files.map(String) : []
    } catch {
        return []
    }
}
